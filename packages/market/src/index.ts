export { MarketConfig, MarketOhlcvConfig } from './config.ts';
export { marketOhlcv, MarketOhlcvGenerator, marketOhlcvPlugin } from './market-ohlcv.ts';
