import {
  definePlugin,
  openStorage,
  parseOptions,
  type Storage,
  type TableWriter,
} from '@datagen/core/writer';
import type { z } from '@datagen/core/zod';
import { DeltaConfig } from './config.ts';
import { deltaReader } from './reader.ts';
import { DeltaWriter } from './writer.ts';

/** Writes Delta tables below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function delta(output: string | Storage, options: z.input<typeof DeltaConfig> = {}): TableWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return deltaPlugin.create(storage, parseOptions(DeltaConfig, options, 'writer "delta"'));
}

export const deltaPlugin = definePlugin({
  kind: 'writer',
  name: 'delta',
  description: 'Tables of Delta Lake, each run one commit, without Spark or a JVM',
  options: DeltaConfig,
  module: import.meta.url,
  export: 'deltaPlugin',
  create: (output, options) => new DeltaWriter(output, options),
  reader: deltaReader,
});
