import { PartitionSpec, planTable } from '@datagen/core';
import type { Block, TableDefinition } from '@datagen/core/generator';
import { readColumns } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../src/index.ts';

const [LAST_DATE, DAY_AFTER] = ['2149-06-06', '2149-06-07'];
const LAST_DAY = 65_535n;

function tableOf({ tables }: ReturnType<typeof sensors>, name: string): TableDefinition {
  return tables.find((table) => table.name === name) as TableDefinition;
}

describe.each(['anomalies', 'readings'])('the days of %s', (name) => {
  const fleet = sensors({ nDevices: 2 });
  const plan = (day: string) =>
    planTable(fleet, tableOf(fleet, name), new PartitionSpec({ startDate: day, endDate: day }), {
      fileRowsTarget: 1,
    });

  it('end on the last one that ids have room for', async () => {
    const { files } = await plan(LAST_DATE);
    expect(files).toHaveLength(1);
  });

  it('are refused from the next one on', async () => {
    await expect(plan(DAY_AFTER)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: `Expected \`endDate\` on or before ${LAST_DATE}, the last day that anomalies can be numbered on, got ${DAY_AFTER}.`,
      details: { option: 'endDate' },
    });
  });
});

describe('ids', () => {
  it('of anomalies are of one row from the first day to the last', () => {
    const fleet = sensors({ nDevices: 20, fleetStart: '1970-01-01', installDays: 1, anomaliesPerDay: 5 });
    const columns = [
      readColumns(fleet, 'anomalies', '1970-01-01', '1970-01-10'),
      readColumns(fleet, 'anomalies', '2149-05-28', LAST_DATE),
    ];
    const ids = columns.flatMap((part) => [...part.numbers('anomaly_id')]);
    expect(ids.length).toBeGreaterThan(5_000);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
  });

  it('of readings are exact for the last device on the last day, a second apart', () => {
    const fleet = sensors({
      nDevices: 100_000,
      devicesPerSite: 1,
      metrics: ['battery'],
      samplingSeconds: 1,
      missingRate: 0,
      noise: 0,
    });
    const readings = tableOf(fleet, 'readings');
    const { window } = new PartitionSpec({ startDate: LAST_DATE, endDate: LAST_DATE });
    const [block] = fleet.blocks(readings, window, { values: { site_id: 100_000 } });
    const ids = [...fleet.generate(readings, block as Block)].flatMap((batch) =>
      Array.from(batch.getChild('reading_id')?.data[0]?.values as BigInt64Array),
    );
    // A day has room for 2^17 devices of 8 metrics; battery is the fifth.
    const first = ((LAST_DAY * 131_072n + 99_999n) * 8n + 4n) * 86_400n;
    expect(ids).toHaveLength(86_400);
    expect([ids[0], ids.at(-1)]).toEqual([first, first + 86_399n]);
    expect(first + 86_399n).toBeLessThan(BigInt(Number.MAX_SAFE_INTEGER));
  });
});

describe('fleetStart', () => {
  it.each(['1970-01-01', LAST_DATE])('may be %s', (fleetStart) => {
    expect(sensors({ fleetStart }).config).toMatchObject({ fleetStart });
  });

  it.each(['1969-12-31', DAY_AFTER, '9999-12-31'])('may not be %s', (fleetStart) => {
    expect(() => sensors({ fleetStart })).toThrow(
      `Expected \`fleetStart\` to lie between 1970-01-01 and ${LAST_DATE}, got ${fleetStart}.`,
    );
  });
});
