import type { Block, BlockFilter, TableDefinition } from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';

const { window } = new PartitionSpec({ startDate: '2026-01-30', endDate: '2026-02-02' });

function blocksOf(name: string, wanted?: BlockFilter): readonly Block[] {
  const fleet = sensors({ nDevices: 23, devicesPerSite: 5, samplingSeconds: 3_600 });
  const table = fleet.tables.find((candidate) => candidate.name === name) as TableDefinition;
  return [...fleet.blocks(table, window, wanted)];
}

describe('blocks of readings', () => {
  const all = blocksOf('readings');

  it('are one a day and site', () => {
    expect(all).toHaveLength(4 * 5);
    expect(all.slice(4, 6).map(({ key, values }) => [key, values])).toEqual([
      ['2026-01-30~000005', { site_id: 5 }],
      ['2026-01-31~000001', { site_id: 1 }],
    ]);
  });

  it.each([
    ['a site', { values: { site_id: 3 } }],
    ['a day on', { from: '2026-02-01~000001' }],
    ['a site of a day on', { from: '2026-01-31~000004' }],
    ['a day on, of a later site', { from: '2026-01-31~000002', values: { site_id: 4 } }],
    ['a day on, of an earlier site', { from: '2026-01-31~000004', values: { site_id: 2 } }],
    ['a site that there is not', { values: { site_id: 6 } }],
    ['no site', { values: { site_id: null } }],
  ] as const)('from %s are listed alone', (_, wanted: BlockFilter) => {
    const isWanted = ({ key, values }: Block) =>
      key >= (wanted.from ?? '') &&
      (wanted.values === undefined || values?.['site_id'] === wanted.values['site_id']);
    expect(blocksOf('readings', wanted)).toEqual(all.filter(isWanted));
  });
});

describe('blocks of anomalies', () => {
  it('are listed from the first one that is wanted', () => {
    const all = blocksOf('anomalies');
    expect(blocksOf('anomalies', { from: '2026-02-01' })).toEqual(all.slice(2));
  });
});
