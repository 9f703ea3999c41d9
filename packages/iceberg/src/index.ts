export type { Catalog } from './catalog/catalog.ts';
export { IcebergConfig } from './config.ts';
export { iceberg, icebergPlugin } from './plugin.ts';
export { IcebergWriter } from './writer.ts';
