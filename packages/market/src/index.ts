export { MarketConfig, MarketOhlcvConfig } from './config.ts';
