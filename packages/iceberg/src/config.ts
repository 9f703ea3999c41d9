import { DataFileConfig } from '@datagen/parquet';
import { z } from '@datagen/core/zod';

/** Options that say where the catalog of tables is. */
export const CatalogConfig = z.strictObject({
  catalog: z
    .enum(['sql', 'rest'])
    .default('sql')
    .describe(
      'Which kind of catalog names the tables: `sql` (the JDBC catalog of Iceberg, in SQLite or PostgreSQL) or `rest` (a server)',
    ),
  catalogUri: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Where the catalog is: a SQLite file (`sqlite:lake.db`), a PostgreSQL database (`postgresql://me@host/lake`) or a REST server (`https://host/catalog`); the default is the SQLite file `catalog.db` in a local output',
    ),
  catalogName: z
    .string()
    .min(1)
    .default('default')
    .describe('Name of a `sql` catalog, under which its rows lie: readers have to call it the same'),
  warehouse: z
    .string()
    .min(1)
    .optional()
    .describe('The warehouse to ask a `rest` catalog for; tables of a `sql` catalog lie in the output'),
  namespace: z
    .string()
    .regex(
      /^[^./%?#]+(\.[^./%?#]+)*$/,
      'expected names with a dot between two of them, without any of / % ? #',
    )
    .default('default')
    .describe('Namespace of the tables, levels with dots between them; it is made where there is none'),
  token: z.string().min(1).optional().meta({ secret: true }).describe('Bearer token for a `rest` catalog'),
  credential: z
    .string()
    .min(1)
    .optional()
    .meta({ secret: true })
    .describe('Client id and secret of OAuth2 for a `rest` catalog, as `id:secret`; tokens are renewed'),
  oauth2ServerUri: z
    .string()
    .min(1)
    .optional()
    .describe('Who gives tokens for `credential`; the default is the catalog itself'),
  scope: z.string().min(1).optional().describe('Scope to ask tokens for; the default is `catalog`'),
  lockSeconds: z
    .number()
    .min(0)
    .default(30)
    .describe('How long to wait for a `sql` catalog that somebody else is writing to'),
});
export type CatalogConfig = z.infer<typeof CatalogConfig>;

/** Options of Iceberg tables, beside those of their data files. */
export const IcebergConfig = DataFileConfig.extend(CatalogConfig.shape).extend({
  tableProperties: z
    .array(z.string().regex(/^[^=\s]+=/, 'expected properties as `name=value`'))
    .default([])
    .describe(
      'Properties of the tables that are made or replaced, as `write.parquet.compression-codec=zstd` for those who write to them later',
    ),
});
export type IcebergConfig = z.infer<typeof IcebergConfig>;
