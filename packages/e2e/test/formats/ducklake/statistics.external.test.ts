import { PartitionSpec, writeDataset, type WriteMode } from '@datagen/core';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roundsOf } from '../../faults/rounds.ts';
import { python } from '../../readers/pyarrow.ts';
import type { Lake } from './lakes/extension.ts';
import {
  CATALOGS,
  createLake,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
  writerOf,
} from './lakes/lakes.ts';

usePostgresql();

const [first, second] = [1, 2].map((seed) => sampleGenerator({ nSites: 5, eventsPerDay: 4, seed }));
const columns = first?.tables[1]?.schema.fields.map(({ name }) => name) ?? [];

/** What we do to a lake, and what others do by the extension. */
type Step =
  | { readonly ours: WriteMode; readonly from: number; readonly days: number; readonly seed: 1 | 2 }
  | { readonly theirs: string };

const ROWS = 'SELECT * REPLACE (event_id + 7000000000000 AS event_id';
const THEIRS = [
  `INSERT INTO lake.events BY NAME ${ROWS}, 1e9 AS ratio, 'zzz' AS note, 99999999.99 AS price) FROM lake.events LIMIT 1`,
  `INSERT INTO lake.events BY NAME ${ROWS}, NULL AS ratio, NULL AS note, NULL AS small) FROM lake.events LIMIT 20`,
  `INSERT INTO lake.events BY NAME ${ROWS}, 'nan'::DOUBLE AS ratio, '' AS note) FROM lake.events LIMIT 20`,
  'UPDATE lake.events SET small = -2147483648, note = NULL WHERE event_id % 3 = 0',
  "UPDATE lake.events SET ratio = -1e300, event_date = DATE '1969-12-31' WHERE event_id % 5 = 0",
  'DELETE FROM lake.events WHERE event_id % 2 = 0',
  'DELETE FROM lake.events WHERE small > 0',
  "ALTER TABLE lake.events ADD COLUMN IF NOT EXISTS extra VARCHAR DEFAULT 'default'",
  "CALL ducklake_flush_inlined_data('lake')",
  "CALL ducklake_merge_adjacent_files('lake')",
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    ours: fc.constantFrom<WriteMode>('append', 'append', 'append', 'overwrite', 'overwrite-window'),
    from: fc.integer({ min: 5, max: 10 }),
    days: fc.integer({ min: 0, max: 3 }),
    seed: fc.constantFrom<1 | 2>(1, 2),
  }),
  fc.record({ theirs: fc.constantFrom(...THEIRS) }),
);

/** With rows in a catalog of SQLite the extension cannot flush a column of doubles: `isnan(VARCHAR)` is no function. */
const optionsFor = ({ kind, place }: TestLake) =>
  `(DATA_PATH '${place}/'${kind === 'sqlite' ? ', DATA_INLINING_ROW_LIMIT 0' : ''})`;

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}`;

async function run(lake: TestLake, made: Step): Promise<void> {
  if ('theirs' in made) {
    await inLake(lake, (attached) => attached.query(made.theirs), optionsFor(lake));
    return;
  }
  const { ours: mode, from, days, seed } = made;
  const partitionSpec = new PartitionSpec({
    startDate: day(from),
    endDate: day(from + days),
    partitionBy: ['day'],
  });
  const generator = seed === 1 ? first : second;
  if (generator === undefined) throw new Error('Expected a generator for each seed.');
  try {
    await writeDataset(generator, writerOf(lake), { partitionSpec, mode, maxWorkers: 1 });
  } catch (thrown) {
    // A window of which DuckDB has merged files, or keeps rows in the catalog, is refused by name.
    if (mode !== 'overwrite-window' || (thrown as { code?: string }).code !== 'TABLE_CONFLICT') throw thrown;
  }
}

/** What is asked of a relation: what DuckDB answers from statistics where it can. */
function questionsOf(names: readonly string[], values: ReadonlyMap<string, string | null>): string[] {
  return names.flatMap((name) => {
    const column = `"${name}"`;
    const value = values.get(name);
    const [literal] = value == null ? [] : [`'${value.replaceAll("'", "''")}'`];
    return [
      `SELECT min(${column})::VARCHAR, max(${column})::VARCHAR, count(${column})::VARCHAR FROM rel`,
      `SELECT count(*)::VARCHAR FROM rel WHERE ${column} IS NULL`,
      ...(literal === undefined
        ? []
        : ['=', '<', '>='].map(
            (operator) => `SELECT count(*)::VARCHAR FROM rel WHERE ${column} ${operator} ${literal}`,
          )),
    ];
  });
}

/** Compares all answers with those of a copy in memory, which has statistics of its own. */
async function expectTrueAnswers(lake: Lake, trail: string): Promise<void> {
  await lake.query('CREATE OR REPLACE TEMP TABLE copy AS SELECT * FROM lake.events');
  const found = await lake.query("SELECT column_name FROM duckdb_columns() WHERE table_name = 'copy'");
  const names = found.map((row) => String(row['column_name']));
  expect(names).toEqual(expect.arrayContaining([...columns]));
  const [middle] = await lake.query(
    'SELECT * FROM copy ORDER BY event_id OFFSET (SELECT count(*) // 2 FROM copy) LIMIT 1',
  );
  const values = new Map<string, string | null>(
    names.map((name) => [name, (middle?.[name] as { toString(): string } | null)?.toString() ?? null]),
  );
  const questions = questionsOf(names, values);
  questions.push(
    "SELECT count(*)::VARCHAR FROM rel WHERE note = 'zzz'",
    'SELECT count(*)::VARCHAR FROM rel WHERE isnan(ratio)',
    'SELECT count(*)::VARCHAR FROM rel WHERE ratio > 1e8',
    'SELECT count(*)::VARCHAR FROM rel WHERE ratio < -1e8',
  );
  for (const question of questions) {
    const answer = await lake.readRows(question.replace('FROM rel', 'FROM lake.events'));
    const truth = await lake.readRows(question.replace('FROM rel', 'FROM copy'));
    expect([trail, question, answer]).toEqual([trail, question, truth]);
  }
}

/**
 * A rewrite of DuckDB beside a file in which a column is all null leaves its bounds null, though other files have
 * values; its own next insert would take its values for all there are. It is no step of the sequences above for that.
 */
const FORGOTTEN: readonly Step[] = [
  { ours: 'append', from: 5, days: 2, seed: 1 },
  { theirs: 'UPDATE lake.events SET ratio = -1e300 WHERE event_id % 2 = 0' },
  {
    theirs:
      'INSERT INTO lake.events BY NAME SELECT * REPLACE (ts + INTERVAL 15 DAY AS ts, NULL AS ratio) FROM lake.events',
  },
  { theirs: "DELETE FROM lake.events WHERE event_id % 5 = 0 AND ts < TIMESTAMPTZ '2026-01-10'" },
  { theirs: "CALL ducklake_flush_inlined_data('lake')" },
  { theirs: "CALL ducklake_rewrite_data_files('lake', delete_threshold => 0)" },
  { ours: 'append', from: 8, days: 0, seed: 1 },
];

/** A table of DuckDB with a column that our files lack, of which it has bounds. */
const ADDED: readonly Step[] = [
  {
    theirs:
      'CREATE TABLE lake.events (event_id BIGINT NOT NULL, site_id BIGINT NOT NULL, ts TIMESTAMPTZ NOT NULL, "group" VARCHAR NOT NULL, small INTEGER, ratio DOUBLE, price DECIMAL(12,2), event_date DATE, flag BOOLEAN, kind VARCHAR, note VARCHAR, extra VARCHAR)',
  },
  { theirs: 'ALTER TABLE lake.events SET PARTITIONED BY (year(ts), month(ts), day(ts))' },
  {
    theirs:
      "INSERT INTO lake.events BY NAME SELECT 1 AS event_id, 1 AS site_id, TIMESTAMPTZ '2026-01-04' AS ts, 'a' AS \"group\", 'zzz' AS extra FROM range(20)",
  },
  { ours: 'append', from: 5, days: 2, seed: 1 },
];

describe('what DuckDB answers from statistics', () => {
  for (const kind of CATALOGS)
    (python !== '' && isTestable(kind) ? it.each : it.skip.each)([
      ['has forgotten bounds itself', FORGOTTEN],
      ['has bounds of a column that our files lack', ADDED],
    ] as const)(
      `is what a scan finds where it %s: ${kind}`,
      async (_, steps) => {
        const lake = await createLake(kind);
        for (const made of steps) await run(lake, made);
        await inLake(lake, (attached) => expectTrueAnswers(attached, JSON.stringify(steps)));
      },
      120_000,
    );

  for (const kind of CATALOGS)
    (python !== '' && isTestable(kind) ? it : it.skip)(
      `is what a scan finds, after any sequence of our writes and theirs: ${kind}`,
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 12 }), async (steps) => {
            const lake = await createLake(kind);
            await run(lake, { ours: 'append', from: 5, days: 1, seed: 1 });
            const trail: string[] = [];
            for (const made of steps) {
              trail.push(JSON.stringify(made));
              await run(lake, made);
              await inLake(lake, (attached) => expectTrueAnswers(attached, trail.join('\n')));
            }
          }),
          { numRuns: roundsOf(8), endOnFailure: true },
        );
      },
      600_000,
    );
});
