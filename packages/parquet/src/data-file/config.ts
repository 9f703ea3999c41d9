import { z } from '@datagen/core/zod';
import { MOST_ROW_GROUP_ROWS } from '../encoders/limits.ts';
import { ENCODER_CHOICES } from '../encoders/load.ts';

/** Options of every writer whose data files are Parquet. */
export const DataFileConfig = z.strictObject({
  encoder: z
    .enum(ENCODER_CHOICES)
    .default('auto')
    .describe(
      'What encodes the files: `native` (fastest), `wasm`, or `javascript` where neither may run (slower; no zstd, dictionary or field ids); `auto` is native where its binary is installed, else wasm',
    ),
  compressionLevel: z
    .int()
    .optional()
    .describe('How hard zstd (1 to 22) or gzip (0 to 10) tries; needs the native encoder'),
  encodings: z
    .enum(['modern', 'classic'])
    .default('modern')
    .describe(
      'How values are written: `modern` (smaller and faster), or `classic` for readers that lag behind, with plain values and dictionaries alone (docs/formats.md has a list)',
    ),
  rowGroupRows: z
    .int()
    .min(1024)
    .max(MOST_ROW_GROUP_ROWS)
    .default(262_144)
    .describe(
      'Rows per row group at most: what a reader can take in parallel, and what an encoder holds in memory; a file has at most 32,767 row groups',
    ),
});
export type DataFileConfig = z.infer<typeof DataFileConfig>;
