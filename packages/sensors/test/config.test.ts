import { describe, expect, it } from '@jest/globals';
import { PartitionSpec } from '@datagen/core';
import { sensors } from '../src/index.ts';

describe('options that make no sense', () => {
  it.each([
    [{ missingRate: 1.5 }, /`missingRate`.*expected at most 0\.9, got 1\.5/],
    [{ missingRate: -0.1 }, /`missingRate`.*expected at least 0, got -0\.1/],
    [{ lateRate: 2 }, /`lateRate`.*expected at most 0\.2, got 2/],
    [{ anomaliesPerDay: 6 }, /`anomaliesPerDay`.*expected at most 5, got 6/],
    [{ nDevices: 0 }, /`nDevices`.*expected at least 1, got 0/],
    [
      { samplingSeconds: 7 },
      /Expected `samplingSeconds` to divide a day of 86,400 seconds, got 7\. Use 6 or 8\./,
    ],
    [
      { metrics: ['temperature', 'temperature'] },
      /Expected each of `metrics` once, got "temperature" twice\./,
    ],
    [{ metrics: ['temprature'] }, /`metrics\.0`.*expected one of temperature, humidity/],
    [
      { fleetStart: '2026-02-30' },
      /`fleetStart`.*expected a day that exists, as YYYY-MM-DD, got "2026-02-30"/,
    ],
  ])('%j are refused with one sentence', (options, message) => {
    expect(() => sensors(options as Parameters<typeof sensors>[0])).toThrow(message);
  });

  it('a window before the fleet is refused', () => {
    const fleet = sensors();
    const readings = fleet.tables.at(-1);
    const { window } = new PartitionSpec({ startDate: '2019-12-31', endDate: '2020-01-02' });
    expect(() => [...fleet.blocks(readings as (typeof fleet.tables)[number], window)]).toThrow(
      'Expected a start date on or after the `fleetStart` 2020-01-01 of the devices, got 2019-12-31.',
    );
  });
});
