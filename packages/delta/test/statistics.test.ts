import {
  column,
  boolean,
  date,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  text,
} from '@datagen/core/generator';
import type { ColumnStatistics } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { statisticsOf } from '../src/statistics.ts';

const table = defineTable({
  name: 'things',
  description: 'A row with a column of every type.',
  primaryKey: ['id'],
  columns: [
    column('id', int64(), 'Number'),
    column('small', int32(), 'Number', { nullable: true }),
    column('ratio', float64(), 'Number', { nullable: true }),
    column('price', decimal(12, 2), 'Money', { nullable: true }),
    column('day', date(), 'Day', { nullable: true }),
    column('ts', instant(), 'Instant', { nullable: true }),
    column('flag', boolean(), 'Yes or no', { nullable: true }),
    column('note', text(), 'Text', { nullable: true }),
  ],
});

const full: Readonly<Record<string, ColumnStatistics>> = {
  id: { byteSize: 1, nullCount: 0, min: -9223372036854775808n, max: 9223372036854775807n },
  small: { byteSize: 1, nullCount: 1, min: -7, max: 7 },
  ratio: { byteSize: 1, nullCount: 0, min: -0, max: 1.5e300 },
  price: { byteSize: 1, nullCount: 0, min: -5n, max: 123456n },
  day: { byteSize: 1, nullCount: 0, min: -1, max: 20_000 },
  ts: { byteSize: 1, nullCount: 0, min: -1n, max: 1_700_000_000_000_001n },
  flag: { byteSize: 1, nullCount: 0, min: false, max: true },
  note: { byteSize: 1, nullCount: 0, min: '"a" \u{feff}', max: 'ö' },
};

interface Parsed {
  readonly numRecords: number;
  readonly minValues?: Readonly<Record<string, unknown>>;
  readonly maxValues?: Readonly<Record<string, unknown>>;
  readonly nullCount: Readonly<Record<string, number>>;
}

const parse = (changed: Readonly<Record<string, ColumnStatistics>>, columnCount?: number) =>
  JSON.parse(statisticsOf(table, 9, { ...full, ...changed }, columnCount)) as Parsed;

describe('the statistics of a file', () => {
  it('say numbers in all their digits, decimals with their point, and milliseconds rounded outwards', () => {
    const json = statisticsOf(table, 9, full);
    expect(json).toContain('"id":-9223372036854775808');
    expect(json).toContain('"id":9223372036854775807');
    expect(json).toContain('"price":-0.05');
    expect(json).toContain('"price":1234.56');
    expect(json).toContain('"ratio":-0.0');
    expect(parse({})).toMatchObject({
      numRecords: 9,
      minValues: {
        small: -7,
        day: '1969-12-31',
        ts: '1969-12-31T23:59:59.999Z',
        flag: false,
        note: '"a" \u{feff}',
      },
      maxValues: { day: '2024-10-04', ts: '2023-11-14T22:13:20.001Z', flag: true, note: 'ö' },
      nullCount: { id: 0, small: 1 },
    });
  });

  it('bound every column that has values, or none', () => {
    const nan = parse({ ratio: { byteSize: 1, nullCount: 0, nanCount: 1, min: 1, max: 2 } });
    expect([nan.minValues, nan.maxValues, nan.numRecords, nan.nullCount['ratio']]).toEqual([
      undefined,
      undefined,
      9,
      0,
    ]);
    const cut = parse({ note: { byteSize: 1, nullCount: 0, min: 'a' } });
    expect(cut.maxValues).toBeUndefined();
    const infinite = parse({ ratio: { byteSize: 1, nullCount: 0, min: 1, max: Infinity } });
    expect(infinite.maxValues).toBeUndefined();
    const far = parse({ day: { byteSize: 1, nullCount: 0, min: 0, max: 2_932_897 } });
    expect(far.maxValues).toBeUndefined();
    const nulls = parse({ note: { byteSize: 1, nullCount: 9 } });
    expect(Object.keys(nulls.minValues ?? {})).toEqual([
      'id',
      'small',
      'ratio',
      'price',
      'day',
      'ts',
      'flag',
    ]);
    expect(nulls.nullCount['note']).toBe(9);
  });

  it('are those of the first columns alone where a table says so', () => {
    expect(Object.keys(parse({}, 2).minValues ?? {})).toEqual(['id', 'small']);
    expect(parse({}, 0)).toEqual({ numRecords: 9, minValues: {}, maxValues: {}, nullCount: {} });
  });
});
