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
import { parquet } from '@datagen/parquet';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import * as duckdb from '../../readers/duckdb.ts';
import * as pyarrow from '../../readers/pyarrow.ts';

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

describe('values of partition folders', () => {
  const readers = [['DuckDB', duckdb.readParquet] as const, ['pyarrow', pyarrow.readParquet] as const];
  const installed = readers.filter(([name]) => name !== 'pyarrow' || pyarrow.python !== '');
  it.each(installed)('come back as they were, by %s', async (_, read) => {
    const place = await createPlace();
    const generator = new Notes(parseOptions(GeneratorConfig, {}, 'generator "notes"'));
    await writeDataset(generator, parquet(place, { encoder: 'wasm' }), {
      startDate: '2026-01-05',
      endDate: '2026-01-05',
      partitionBy: 'group',
      maxWorkers: 1,
    });
    const rows = await read(path.join(place, 'notes'), ['group', 'note']);
    expect(rows.map(([group]) => group)).toEqual(rows.map(([, note]) => note));
    expect(rows.map(([group]) => group).sort()).toEqual([...GROUPS].sort());
  });
});
