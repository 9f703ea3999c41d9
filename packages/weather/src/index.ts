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
export { type PlaceOptions, WeatherConfig, type WeatherOptions } from './config.ts';
export { weather, WeatherGenerator, weatherPlugin } from './weather.ts';
