import path from 'node:path';
import { writeDataset } from '@datagen/core';
import {
  type BatchBuilder,
  column,
  DAY_MS,
  defineTable,
  formatDay,
  GeneratorConfig,
  instant,
  parseOptions,
  StreamingGenerator,
  type TableSource,
  text,
} from '@datagen/core/generator';
import { hivePath } from '@datagen/core/writer';
import { parquet } from '@datagen/parquet';
import type { ReadRow } from '@datagen/testkit';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import * as duckdb from '../../readers/duckdb.ts';
import { python, readRows } from '../../readers/pyarrow.ts';
import * as spark from '../../readers/spark-parquet.ts';
import { hasSpark } from '../../readers/spark-session.ts';

/** Texts that one reader or another takes for a null, for a number or for part of a path. */
const GROUPS = ['NULL', 'null', 'Null', 'None', 'nan', 'a/b', '100%', '..', 'plain'];

const notes: TableSource = {
  table: defineTable({
    name: 'notes',
    description: 'A row for each group and day.',
    primaryKey: ['note'],
    timeColumn: 'ts',
    columns: [
      column('ts', instant(), 'When'),
      column('group', text(), 'Constant in a block'),
      column('note', text(), 'The same as the group'),
    ],
  }),
  *blocks({ startMs, endMs }) {
    for (let at = startMs; at < endMs; at += DAY_MS)
      for (const [i, group] of GROUPS.entries())
        yield {
          key: `${formatDay(at)}~${String(i)}`,
          rowCount: 1,
          exact: true,
          time: { startMs: at, endMs: at + DAY_MS },
          values: { group },
        };
  },
  open: ({ time, values, rowCount }) => ({
    rowCount,
    fill: (builder: BatchBuilder) => {
      builder.int64('ts').set(0, (time?.startMs ?? 0) * 1_000);
      for (const name of ['group', 'note']) {
        const texts = builder.utf8(name);
        texts.appendText(String(values?.['group']));
        texts.endRow();
      }
    },
  }),
};

class Notes extends StreamingGenerator {
  readonly name = 'notes';
  readonly version = 1;
  readonly sources = [notes];
}

interface Reader {
  readonly name: string;
  readonly isThere: boolean;
  readonly read: (folder: string, columns: readonly string[]) => ReadRow[] | Promise<ReadRow[]>;
  /** What the reader makes of a value, where that is another one. */
  readonly misreads?: (group: string) => string;
}

const hasPython = python !== '';
const READERS: readonly Reader[] = [
  { name: 'DuckDB', isThere: true, read: duckdb.readParquet },
  { name: 'pyarrow', isThere: hasPython, read: (...args) => readRows('pyarrow', ...args) },
  { name: 'polars', isThere: hasPython, read: (...args) => readRows('polars', ...args) },
  { name: 'Spark', isThere: hasSpark, read: spark.readParquet },
  {
    name: 'fastparquet',
    isThere: hasPython,
    read: (...args) => readRows('fastparquet', ...args),
    // It decodes no name of a folder, whoever wrote it. No value is a null, and no two are the same.
    misreads: (group) => hivePath([['group', group]]).slice('group='.length),
  },
];

describe('values of partition folders', () => {
  let folder: string;

  beforeAll(async () => {
    const place = await createPlace();
    const generator = new Notes(parseOptions(GeneratorConfig, {}, 'generator "notes"'));
    await writeDataset(generator, parquet(place, { encoder: 'wasm' }), {
      startDate: '2026-01-05',
      endDate: '2026-01-05',
      partitionBy: 'group',
      maxWorkers: 1,
    });
    folder = path.join(place, 'notes');
  });

  // The time is for Spark, which takes half a minute to start on a loaded machine.
  for (const { name, isThere, read, misreads } of READERS)
    (isThere ? it : it.skip)(
      misreads === undefined
        ? `come back as they were, by ${name}`
        : `come back as the folders are named, by ${name}`,
      async () => {
        const rows = await read(folder, ['group', 'note']);
        const expected = GROUPS.map((group) => [misreads?.(group) ?? group, group]);
        expect([...rows].sort()).toEqual(expected.sort());
      },
      300_000,
    );
});
