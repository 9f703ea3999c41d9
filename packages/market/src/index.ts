export {
  DatagenError,
  type DatagenErrorOptions,
  type DatasetGenerator,
  type DatasetReport,
  type ErrorCode,
  PartitionSpec,
  type PartitionSpecOptions,
  type Progress,
  type TableReport,
  type TableWriter,
  writeDataset,
  type WriteDatasetOptions,
  type WriteMode,
} from '@datagen/core';
export { type ExchangeCode } from './exchange/exchange-calendar.ts';
export { MarketConfig, type MarketOptions } from './market-config.ts';
export { marketOhlcv, MarketOhlcvGenerator, marketOhlcvPlugin } from './ohlcv/market-ohlcv.ts';
export { type Frequency, MarketOhlcvConfig, type MarketOhlcvOptions } from './ohlcv/market-ohlcv-config.ts';
export { marketQuotes, MarketQuotesGenerator, marketQuotesPlugin } from './quotes/market-quotes.ts';
export { MarketQuotesConfig, type MarketQuotesOptions } from './quotes/market-quotes-config.ts';
