import type { TableDefinition } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { partitionKeysOf, partitionValuesOf } from '../src/partitioning.ts';

const events = sampleGenerator().tables[1] as TableDefinition;
const keys = (...components: string[]) =>
  partitionKeysOf(events, components).map(({ column, transform }) => `${transform}(${column})`);

describe('a partitioning of DuckLake', () => {
  it('has each unit of time with those above it, once', () => {
    expect(keys('year', 'month', 'day')).toEqual(['year(ts)', 'month(ts)', 'day(ts)']);
    expect(keys('month')).toEqual(['year(ts)', 'month(ts)']);
    expect(keys('hour')).toEqual(['year(ts)', 'month(ts)', 'day(ts)', 'hour(ts)']);
    expect(keys('year', 'group', 'day')).toEqual(['year(ts)', 'identity(group)', 'month(ts)', 'day(ts)']);
    expect(keys('group', 'month')).toEqual(['identity(group)', 'year(ts)', 'month(ts)']);
  });

  it('has values that are numbers of the calendar, or those of the column', () => {
    expect(
      partitionValuesOf([
        ['year', '2026'],
        ['month', '01'],
        ['day', '05'],
      ]),
    ).toEqual(['2026', '1', '5']);
    expect(
      partitionValuesOf([
        ['year', '2026'],
        ['group', '50% off/é'],
        ['hour', '01-05T00'],
      ]),
    ).toEqual(['2026', '50% off/é', '1', '5', '0']);
    expect(
      partitionValuesOf([
        ['month', '2026-10'],
        ['small', 7],
        ['group', null],
      ]),
    ).toEqual(['2026', '10', '7', null]);
  });

  it('is refused by name for weeks, and for columns that two writers may write differently', () => {
    expect(() => keys('week')).toThrow(
      'Cannot partition `events` by `week`: DuckLake has no weeks. Use `day`, or `month` for larger files.',
    );
    expect(() => keys('ratio')).toThrow(/is a column of float64; use one of text or integers/);
  });
});
