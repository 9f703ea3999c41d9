import {
  type Compression,
  definePlugin,
  openStorage,
  parseOptions,
  type Storage,
  type TableWriter,
} from '@datagen/core/writer';
import { z } from '@datagen/core/zod';
import { schemaWithout } from './data-file/write.ts';
import { textReader } from './reader/text-reader.ts';
import { codecFor, compress } from './rows/compress.ts';
import { encodeRows } from './rows/encode-rows.ts';
import type { RowFormat } from './rows/row-format.ts';
import { TextWriter } from './writer/text-writer.ts';

export const CsvConfig = z.strictObject({
  delimiter: z.enum([',', ';', '|', 'tab']).default(',').describe('What stands between values'),
  header: z.boolean().default(true).describe('Whether the first line of a file names its columns'),
  nullText: z
    .string()
    .regex(/^[^",;|\t\r\n]*$/, 'expected a text without quotes, delimiters or line ends')
    .default('')
    .describe(
      'What stands for a null, without quotes; a text that is the same stands in quotes, as an empty one does',
    ),
});
export type CsvConfig = z.infer<typeof CsvConfig>;

function rowFormat({ delimiter, header, nullText }: CsvConfig): RowFormat {
  return { format: 'csv', delimiter: delimiter === 'tab' ? '\t' : delimiter, header, nullText };
}

/** Writes CSV files below a local folder, another URI `openStorage` knows, or a storage of yours. */
export function csv(output: string | Storage, options: z.input<typeof CsvConfig> = {}): TableWriter {
  const storage = typeof output === 'string' ? openStorage(output) : output;
  return csvPlugin.create(storage, parseOptions(CsvConfig, options, 'writer "csv"'));
}

export const csvPlugin = definePlugin({
  kind: 'writer',
  name: 'csv',
  description: 'Folders of CSV files, partitioned as Hive does; one table to the standard output',
  options: CsvConfig,
  module: import.meta.url,
  export: 'csvPlugin',
  create: (output, options) => new TextWriter(output, rowFormat(options)),
  stream: (table, options, compression: Compression) => {
    const codec = codecFor(compression);
    return (batches) => compress(encodeRows(schemaWithout(table, []), rowFormat(options), batches), codec);
  },
  reader: textReader('csv'),
});
