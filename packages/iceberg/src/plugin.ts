import {
  definePlugin,
  openStorage,
  parseOptions,
  type Storage,
  type TableWriter,
} from '@datagen/core/writer';
import type { z } from '@datagen/core/zod';
import type { Catalog } from './catalog/catalog.ts';
import { openCatalog } from './catalog/open.ts';
import { IcebergConfig } from './config.ts';
import { icebergReader } from './reader.ts';
import { IcebergWriter } from './writer.ts';

/**
 * Writes Iceberg tables whose files lie below a local folder, another URI `openStorage` knows, or a storage of yours; a
 * `catalog` of yours takes the place of the one that the options name.
 */
export function iceberg(
  output: string | Storage,
  options: z.input<typeof IcebergConfig> = {},
  catalog?: Catalog,
): TableWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  const config = parseOptions(IcebergConfig, options, 'writer "iceberg"');
  return new IcebergWriter(storage, config, catalog ?? openCatalog(storage, config));
}

export const icebergPlugin = definePlugin({
  kind: 'writer',
  name: 'iceberg',
  description: 'Tables of Apache Iceberg, each run one snapshot, without Spark or a JVM',
  options: IcebergConfig,
  module: import.meta.url,
  export: 'icebergPlugin',
  create: (output, options) => new IcebergWriter(output, options, openCatalog(output, options)),
  reader: icebergReader,
});
