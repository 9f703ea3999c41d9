import { DataFileConfig } from '@datagen/parquet';
import { z } from '@datagen/core/zod';

/** Options that say where the catalog of tables is. */
export const CatalogConfig = z.strictObject({
  catalog: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Where the catalog lies: a DuckDB file (`lake.ducklake`), a SQLite file (`sqlite:lake.sqlite`) or a PostgreSQL database (`postgresql://me@host/lake`); the default is `metadata.ducklake` in a local output, and data elsewhere needs one',
    ),
  schema: z
    .string()
    .min(1)
    .default('main')
    .describe('Schema of the lake that the tables lie in; it is made where there is none'),
  lockSeconds: z
    .number()
    .min(0)
    .default(30)
    .describe('How long to wait for a catalog that somebody else is writing to'),
});
export type CatalogConfig = z.infer<typeof CatalogConfig>;

/** Options of DuckLake tables, beside those of their data files. */
export const DuckLakeConfig = DataFileConfig.extend(CatalogConfig.shape).extend({
  dataPath: z
    .string()
    .optional()
    .describe(
      "Folder of a new lake's data files, relative to the output; the default is the output itself, and a lake that exists keeps its own",
    ),
});
export type DuckLakeConfig = z.infer<typeof DuckLakeConfig>;
