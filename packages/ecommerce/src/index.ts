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
export { EcommerceConfig } from './config.ts';
export { type EcommerceOptions } from './ecommerce-options.ts';
export { type CountryCode } from './geography/countries.ts';
export { ecommerce, EcommerceGenerator, ecommercePlugin } from './ecommerce.ts';
