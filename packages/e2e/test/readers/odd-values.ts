import { type DatasetGenerator, parseOptions } from '@datagen/core';
import {
  type BatchBuilder,
  boolean,
  column,
  date,
  decimal,
  defineTable,
  float64,
  GeneratorConfig,
  instant,
  int32,
  int64,
  rowsSource,
  StreamingGenerator,
  type TableSource,
  text,
} from '@datagen/core/generator';

/** Texts that paths must escape, that readers take for something else, and null. */
export const ODD_TEXTS = [
  'a/b',
  '100%',
  '%20',
  'p=q',
  'a+b',
  'why?',
  'no#1',
  'a&b',
  'a:b',
  '😀',
  'tab\there',
  'quo"te',
  "it's",
  'back\\slash',
  'sp ace',
  null,
  'plain',
];

const values = defineTable({
  name: 'values',
  description: 'A row for each odd text, with a column of every type and the values that readers get wrong.',
  primaryKey: ['id'],
  columns: [
    column('id', int64(), 'Beyond 2^32'),
    column('small', int32(), 'From the least on', { nullable: true }),
    column('ratio', float64(), 'NaN, both zeros, infinite, null', { nullable: true }),
    column('price', decimal(12, 2), 'From the least on', { nullable: true }),
    column('ts', instant(), 'Before 1970 and after, with microseconds', { nullable: true }),
    column('day', date(), 'From 1899 on', { nullable: true }),
    column('flag', boolean(), 'Yes, no, null', { nullable: true }),
    column('note', text(), 'Empty, long, null', { nullable: true }),
    column('group', text(), 'The odd text', { nullable: true }),
  ],
});

const RATIOS = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1 / 3];
const DAY_OF_1899 = -25_568;
const TS_OF_1960 = -315_619_200_000_000 + 123_456;
/** So many days that the rows reach from the past into the future. */
const STEP_DAYS = 3_000;

function fill(builder: BatchBuilder, firstRow: number): void {
  const id = builder.int64('id');
  const small = builder.int32('small');
  const ratio = builder.float64('ratio');
  const price = builder.decimal('price');
  const ts = builder.int64('ts');
  const day = builder.date('day');
  const flag = builder.boolean('flag');
  const note = builder.utf8('note');
  const group = builder.utf8('group');
  const writeText = (column: typeof note, value: string | null | undefined) => {
    if (value === null || value === undefined) {
      column.endNull();
    } else {
      column.appendText(value);
      column.endRow();
    }
  };
  for (let i = 0; i < builder.length; i++) {
    const row = firstRow + i;
    id.set(i, 0x100000000 + row);
    small.values[i] = -0x80000000 + row;
    ratio.values[i] = RATIOS[row] ?? row / 7;
    price.set(i, -999_999_999_999 + row);
    ts.set(i, TS_OF_1960 + row * STEP_DAYS * 86_400_000_000);
    day.values[i] = DAY_OF_1899 + row * STEP_DAYS;
    if (row % 2 === 0) flag.setTrue(i);
    writeText(note, row === 5 ? null : 'größer\n'.repeat(row === 16 ? 1_500 : row));
    writeText(group, ODD_TEXTS[row]);
    for (const [at, nullable] of [small, ratio, price, ts, day, flag].entries())
      if (row === 8 + at) nullable.setNull(i);
  }
}

class OddValues extends StreamingGenerator {
  readonly name = 'odd-values';
  readonly version = 1;
  readonly sources = [rowsSource(values, ODD_TEXTS.length, fill)];
}

/** A dataset of one small table, `values`, with what readers of table formats get wrong. */
export function oddValues(): DatasetGenerator {
  return new OddValues(parseOptions(GeneratorConfig, {}, 'generator "odd-values"'));
}

const groups = defineTable({
  name: 'groups',
  description: 'A row for each odd text, in a partition of its own.',
  primaryKey: ['id'],
  timeColumn: 'ts',
  sortedBy: ['id'],
  columns: [
    column('id', int64(), 'Beyond 2^32'),
    column('ts', instant(), 'Noon'),
    column('wide', decimal(38, 6), 'More digits than 64 bits hold', { nullable: true }),
    column('group', text(), 'The odd text', { nullable: true }),
  ],
});

const groupsSource: TableSource = {
  table: groups,
  *blocks({ startMs }, wanted) {
    const time = { startMs, endMs: startMs + 86_400_000 };
    for (const [i, group] of ODD_TEXTS.entries()) {
      if (wanted?.values !== undefined && wanted.values['group'] !== group) continue;
      const key = `${new Date(startMs).toISOString().slice(0, 10)}~${String(i).padStart(2, '0')}`;
      yield { key, rowCount: 1, exact: true, time, values: { group } };
    }
  },
  open: ({ key, time }) => ({
    rowCount: 1,
    fill: (builder) => {
      const row = Number(key.slice(-2));
      builder.int64('id').set(0, 0x100000000 + row);
      builder.int64('ts').set(0, ((time?.startMs ?? 0) + 43_200_000) * 1_000);
      builder.decimal('wide').set(0, Number.MIN_SAFE_INTEGER + row);
      const group = builder.utf8('group');
      const value = ODD_TEXTS[row];
      if (value === null || value === undefined) {
        group.endNull();
      } else {
        group.appendText(value);
        group.endRow();
      }
    },
  }),
};

class OddGroups extends StreamingGenerator {
  readonly name = 'odd-groups';
  readonly version = 1;
  readonly sources = [groupsSource];
}

/** A dataset of one small table, `groups`, of which each row is a block with an odd text, or null, to partition by. */
export function oddGroups(): DatasetGenerator {
  return new OddGroups(parseOptions(GeneratorConfig, {}, 'generator "odd-groups"'));
}
