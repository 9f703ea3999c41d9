import {
  definePlugin,
  openStorage,
  parseOptions,
  type Storage,
  type TableWriter,
} from '@datagen/core/writer';
import type { z } from '@datagen/core/zod';
import { DuckLakeConfig } from './config.ts';
import { ducklakeReader } from './reader.ts';
import { DuckLakeWriter } from './writer.ts';

/** Writes DuckLake tables whose data lies below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function ducklake(
  output: string | Storage,
  options: z.input<typeof DuckLakeConfig> = {},
): TableWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return ducklakePlugin.create(storage, parseOptions(DuckLakeConfig, options, 'writer "ducklake"'));
}

export const ducklakePlugin = definePlugin({
  kind: 'writer',
  name: 'ducklake',
  description: 'Tables of DuckLake',
  options: DuckLakeConfig,
  module: import.meta.url,
  export: 'ducklakePlugin',
  create: (output, options) => new DuckLakeWriter(output, options),
  reader: ducklakeReader,
});
