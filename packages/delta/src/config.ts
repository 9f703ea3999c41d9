import { DataFileConfig } from '@datagen/parquet';
import { z } from '@datagen/core/zod';

/** Options of Delta tables, beside those of their data files. */
export const DeltaConfig = DataFileConfig.extend({
  checkpointInterval: z
    .int()
    .min(1)
    .default(10)
    .describe(
      'Commits from one checkpoint of the log to the next; a table that has `delta.checkpointInterval` keeps to its own',
    )
    // It is about commits to come, to tables that exist as well.
    .meta({ layout: false }),
  tableProperties: z
    .array(z.string().regex(/^[^=\s]+=/, 'expected properties as `name=value`'))
    .default([])
    .describe(
      'Properties of the tables that are made or replaced, as `delta.logRetentionDuration=interval 90 days`; those that need a protocol beyond reader 1 and writer 2 are refused',
    ),
});
export type DeltaConfig = z.infer<typeof DeltaConfig>;
