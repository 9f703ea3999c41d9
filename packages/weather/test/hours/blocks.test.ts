import { PartitionSpec } from '@datagen/core';
import type { Block, BlockFilter, TableDefinition } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { weather } from '../../src/index.ts';

const { window } = new PartitionSpec({ startDate: '2026-01-30', endDate: '2026-02-02' });

function blocksOf(splitLocations: boolean, wanted?: BlockFilter): readonly Block[] {
  const generator = weather({ locations: ['Berlin', 'Madrid', 'Oslo'], splitLocations });
  const table = generator.tables.find(({ name }) => name === 'weather_hourly') as TableDefinition;
  return [...generator.blocks(table, window, wanted)];
}

describe('blocks of hours', () => {
  it('are one a day', () => {
    const all = blocksOf(false);
    expect(all.map(({ key, rowCount }) => [key, rowCount])).toEqual([
      ['2026-01-30', 72],
      ['2026-01-31', 72],
      ['2026-02-01', 72],
      ['2026-02-02', 72],
    ]);
    expect(blocksOf(false, { from: '2026-02-01' })).toEqual(all.slice(2));
  });
});

describe('blocks of hours, split by location', () => {
  const all = blocksOf(true);

  it('are one a day and location', () => {
    expect(all).toHaveLength(4 * 3);
    expect(all.slice(2, 4).map(({ key, rowCount, values }) => [key, rowCount, values])).toEqual([
      ['2026-01-30~003', 24, { location_id: 3 }],
      ['2026-01-31~001', 24, { location_id: 1 }],
    ]);
  });

  it.each([
    ['a location', { values: { location_id: 2 } }],
    ['a location of a day on', { from: '2026-01-31~002' }],
    ['a day on, of a later location', { from: '2026-01-31~002', values: { location_id: 3 } }],
    ['a day on, of an earlier location', { from: '2026-01-31~002', values: { location_id: 1 } }],
    ['a location that there is not', { values: { location_id: 4 } }],
  ] as const)('from %s are listed alone', (_, wanted: BlockFilter) => {
    const isWanted = ({ key, values }: Block) =>
      key >= (wanted.from ?? '') &&
      (wanted.values === undefined || values?.['location_id'] === wanted.values['location_id']);
    expect(blocksOf(true, wanted)).toEqual(all.filter(isWanted));
  });
});
