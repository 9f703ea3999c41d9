import { PartitionSpec, planTable } from '@datagen/core';
import { expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';

it.each([{}, { duplicateRate: 0.1, messages: true }])(
  'can all be partitioned by site, %j',
  async (options) => {
    const fleet = sensors({ nDevices: 12, devicesPerSite: 5, samplingSeconds: 3_600, ...options });
    const spec = new PartitionSpec({
      startDate: '2026-01-05',
      endDate: '2026-01-20',
      partitionBy: ['site_id'],
    });
    for (const table of fleet.tables) {
      const { files } = await planTable(fleet, table, spec, { fileRowsTarget: 100 });
      expect(files.length).toBeGreaterThan(0);
    }
  },
);
