export { MarketConfig, MarketOhlcvConfig } from './config.ts';
export { marketOhlcv, MarketOhlcvGenerator, marketOhlcvPlugin } from './ohlcv/market-ohlcv.ts';
export { marketQuotes, MarketQuotesGenerator, marketQuotesPlugin } from './quotes/market-quotes.ts';
export { MarketQuotesConfig } from './quotes/config.ts';
