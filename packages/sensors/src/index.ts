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
export { SensorsConfig, type SensorsOptions } from './config.ts';
export { type Metric } from './devices/metrics.ts';
export { sensors, SensorsGenerator, sensorsPlugin } from './sensors.ts';
