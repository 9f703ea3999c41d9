import { describeOptions, type FormatReader, type StoragePlugin } from '@datagen/core';
import { z } from '@datagen/core/zod';
import { type Flag, kebabCase, storageFlags } from './flags.ts';

/** Options of a look that belong to neither the format nor the storage. */
export const LookConfig = z.strictObject({
  tables: z
    .array(z.string())
    .refine((names) => names.length > 0, 'expected names of tables')
    .optional()
    .describe('Tables to look at; the default is all of them'),
  version: z
    .string()
    .min(1)
    .optional()
    .describe('Version of a Delta table, or snapshot of Iceberg or DuckLake; the default is the newest'),
  rows: z.int().min(0).default(5).describe('Rows to show of each table'),
  sampleRows: z
    .int()
    .min(1)
    .default(100_000)
    .describe('Rows to read of each table for what statistics do not say, spread evenly over it'),
  html: z.string().min(1).optional().describe('File to write a page to, with plots of all columns'),
});
export type LookConfig = z.infer<typeof LookConfig>;

/** All flags of a look: its own, those of the format if it is named, and those of the storage. */
export function collectLookFlags(
  reader: FormatReader | undefined,
  storage: StoragePlugin | undefined,
): Flag[] {
  const flagsOf = (options: z.ZodObject, owner: 'run' | 'writer', group: Flag['group']) =>
    describeOptions(options).map((description): Flag => ({
      key: description.name,
      flag: `--${kebabCase(description.name)}`,
      group,
      description,
      schema: options.shape[description.name] as z.ZodType,
      owners: [owner],
    }));
  return [
    ...flagsOf(LookConfig, 'run', 'Look options:'),
    ...(reader === undefined ? [] : flagsOf(reader.options, 'writer', 'Place options:')),
    ...(storage === undefined ? [] : storageFlags(storage, 'Place options:')),
  ];
}
