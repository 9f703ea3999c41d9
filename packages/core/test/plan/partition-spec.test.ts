import { describe, expect, it } from '@jest/globals';
import {
  type Block,
  column,
  defineTable,
  formatIsoWeek,
  HOUR_MS,
  instant,
  parseDay,
  text,
} from '../../src/generator.ts';
import { checkPartitionBy, PartitionSpec } from '../../src/index.ts';
import { hivePath } from '../../src/writer/index.ts';

const table = defineTable({
  name: 'bars',
  description: 'Bars',
  primaryKey: ['symbol', 'ts'],
  timeColumn: 'ts',
  columns: [
    column('symbol', text(), 'symbol'),
    column('ts', instant(), 'time'),
    column('close', text(), 'close'),
  ],
});
const master = defineTable({
  name: 'symbols',
  description: 'Symbols',
  primaryKey: ['symbol'],
  columns: [column('symbol', text(), 'symbol')],
});

function block(day: string, hours: number, values?: Block['values']): Block {
  const startMs = parseDay(day);
  return {
    key: day,
    rowCount: 1,
    exact: true,
    time: { startMs, endMs: startMs + hours * HOUR_MS },
    ...(values && { values }),
  };
}

function pathOf(partitionBy: readonly string[], of: Block, on = table): string {
  return hivePath(
    new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-12-31', partitionBy }).partitionOf(on, of),
  );
}

describe('PartitionSpec', () => {
  it.each([
    [['year', 'month', 'day'], 'year=2026/month=01/day=05'],
    [['year'], 'year=2026'],
    [['month'], 'month=2026-01'],
    [['day'], 'day=2026-01-05'],
    [['year', 'day'], 'year=2026/day=01-05'],
    [['week'], 'week=2026-W02'],
    [['week', 'day'], 'week=2026-W02/day=2026-01-05'],
    [['symbol', 'month'], 'symbol=AAPL/month=2026-01'],
    [[], ''],
  ])('partitions a day by %j', (partitionBy, path) => {
    expect(pathOf(partitionBy, block('2026-01-05', 24, { symbol: 'AAPL' }))).toBe(path);
  });

  it('partitions an hour by year to hour', () => {
    expect(pathOf(['year', 'month', 'day', 'hour'], block('2026-01-05', 1))).toBe(
      'year=2026/month=01/day=05/hour=00',
    );
    expect(pathOf(['hour'], block('2026-01-05', 1))).toBe('hour=2026-01-05T00');
  });

  it('leaves master data in one piece', () => {
    expect(pathOf(['year', 'symbol'], { key: 'r0', rowCount: 1, exact: true }, master)).toBe('');
  });

  it('escapes what a path cannot hold and names nulls as Hive does', () => {
    const path = (value: string | null) => pathOf(['symbol'], block('2026-01-05', 24, { symbol: value }));
    expect(path('a/b %é*:')).toBe('symbol=a%2Fb%20%25%C3%A9%2A%3A');
    expect(path('..')).toBe('symbol=%2E%2E');
    expect(path(null)).toBe('symbol=__HIVE_DEFAULT_PARTITION__');
  });

  it('lets no text be taken for a null', () => {
    const path = (value: string) => pathOf(['symbol'], block('2026-01-05', 24, { symbol: value }));
    expect(['NULL', 'Null', 'null', 'nullify', 'annul'].map(path)).toEqual([
      'symbol=%4EULL',
      'symbol=%4Eull',
      'symbol=%6Eull',
      'symbol=nullify',
      'symbol=annul',
    ]);
    for (const value of ['', '__HIVE_DEFAULT_PARTITION__'])
      expect(() => path(value)).toThrow(
        `Cannot partition \`bars\` by \`symbol\`: "${value}" is among its values, and readers of partition folders take that for a null. Use another column or a time unit.`,
      );
  });

  it('knows ISO weeks at the turn of the year', () => {
    const weeks = [
      '2024-12-29',
      '2024-12-30',
      '2021-01-03',
      '2021-01-04',
      '2026-12-31',
      '2027-01-03',
      '1969-12-28',
    ];
    expect(weeks.map((day) => formatIsoWeek(parseDay(day)))).toEqual([
      '2024-W52',
      '2025-W01',
      '2020-W53',
      '2021-W01',
      '2026-W53',
      '2026-W53',
      '1969-W52',
    ]);
  });

  it('refuses what it cannot do, saying what works', () => {
    expect(() => pathOf(['hour'], block('2026-01-05', 24))).toThrow(
      'Cannot partition `bars` by `hour`: it is generated in longer blocks. The finest unit that works is `day`.',
    );
    expect(() => pathOf(['close'], block('2026-01-05', 24, { symbol: 'A' }))).toThrow(
      'Cannot partition `bars` by `close`: its blocks hold more than one value of it. Use one of: year, month, week, day, hour, symbol.',
    );
    const spec = (startDate: string, endDate: string, partitionBy: string[] = []) =>
      new PartitionSpec({ startDate, endDate, partitionBy });
    expect(() => spec('2026-01-02', '2026-01-01')).toThrow(
      'Expected `endDate` (2026-01-01) to be on or after `startDate` (2026-01-02); both days are included.',
    );
    expect(() => spec('2026-02-30', '2026-03-01')).toThrow(
      'Expected `startDate` to be a day as YYYY-MM-DD, got "2026-02-30": there is no such day.',
    );
    expect(() => spec('2026-01-01', '2026-01-01', ['day', 'year'])).toThrow(
      'from coarse to fine without repeats',
    );
    expect(() => spec('2026-01-01', '2026-01-01', ['year', 'year'])).toThrow(
      'from coarse to fine without repeats',
    );
    expect(() => {
      checkPartitionBy(spec('2026-01-01', '2026-01-01', ['symbl']), [table, master]);
    }).toThrow('Cannot partition by `symbl`: no table has that column. Did you mean "symbol"?');
  });

  it('names the tables that have a column which partitions nothing', () => {
    const spec = new PartitionSpec({
      startDate: '2026-01-01',
      endDate: '2026-01-01',
      partitionBy: ['symbol'],
    });
    expect(() => checkPartitionBy(spec, [master])).toThrow(
      'Cannot partition by `symbol`: `symbols` has that column, but no time, and is never partitioned. Use a time unit',
    );
    expect(() => checkPartitionBy(spec, [], [table, master])).toThrow(
      'Cannot partition by `symbol`: `bars` has that column, but is not written; `symbols` has that column, but no time, and is never partitioned.',
    );
  });

  it('takes the last full days before today', () => {
    const { startDate, endDate } = PartitionSpec.lastDays(30, Date.parse('2026-03-01T17:00:00Z'));
    expect([startDate, endDate]).toEqual(['2026-01-30', '2026-02-28']);
  });
});
