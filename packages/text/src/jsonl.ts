import { definePlugin, openStorage, type Storage, type TableWriter } from '@datagen/core/writer';
import { z } from '@datagen/core/zod';
import { schemaWithout } from './data-file/write.ts';
import { textReader } from './reader/text-reader.ts';
import { codecFor, compress } from './rows/compress.ts';
import { encodeRows } from './rows/encode-rows.ts';
import { TextWriter } from './writer/text-writer.ts';

/** There is one way to write JSON Lines. */
const JsonlConfig = z.strictObject({});

/** Writes JSON Lines files below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function jsonl(output: string | Storage): TableWriter {
  return jsonlPlugin.create(typeof output === 'string' ? openStorage(output) : output, {});
}

export const jsonlPlugin = definePlugin({
  kind: 'writer',
  name: 'jsonl',
  description: 'Folders of JSON Lines files, partitioned as Hive does; one table to the standard output',
  options: JsonlConfig,
  module: import.meta.url,
  export: 'jsonlPlugin',
  create: (output) => new TextWriter(output, { format: 'jsonl' }),
  stream: (table, _, compression) => {
    const codec = codecFor(compression);
    return (batches) => compress(encodeRows(schemaWithout(table, []), { format: 'jsonl' }, batches), codec);
  },
  reader: textReader('jsonl'),
});
