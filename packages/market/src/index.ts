export { MarketConfig, MarketOhlcvConfig } from './market-config.ts';
export { marketOhlcv, MarketOhlcvGenerator, marketOhlcvPlugin } from './ohlcv/market-ohlcv.ts';
export { marketQuotes, MarketQuotesGenerator, marketQuotesPlugin } from './quotes/market-quotes.ts';
export { MarketQuotesConfig } from './quotes/market-quotes-config.ts';
