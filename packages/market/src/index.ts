export { MarketConfig, MarketOhlcvConfig } from './config.ts';
export { marketOhlcv, MarketOhlcvGenerator, marketOhlcvPlugin } from './market-ohlcv.ts';
export { marketQuotes, MarketQuotesGenerator, marketQuotesPlugin } from './market-quotes.ts';
export { MarketQuotesConfig } from './quote-config.ts';
