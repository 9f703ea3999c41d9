import { countDifferences, readColumns } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../src/index.ts';

const options = {
  nDevices: 10,
  devicesPerSite: 5,
  samplingSeconds: 900,
  anomaliesPerDay: 0.5,
  calibrationDays: 28,
  batteryDays: 30,
};
/** Ten days, of which some are workdays of technicians. */
const window = ['2026-03-01', '2026-03-10'] as const;
const COLUMNS = {
  devices: [
    'device_id',
    'site_id',
    'installed_date',
    'calibration_date',
    'latitude',
    'longitude',
    'gateway_id',
  ],
  work_orders: ['work_order_id', 'device_id', 'opened_ts', 'started_ts', 'completed_ts'],
  calibrations: ['calibration_id', 'device_id', 'performed_ts', 'as_found_error', 'as_left_error'],
  battery_changes: ['battery_change_id', 'device_id', 'replaced_ts', 'voltage_before', 'days_in_use'],
  anomalies: ['anomaly_id', 'device_id', 'metric', 'anomaly_type', 'start_ts', 'end_ts', 'magnitude'],
  readings: [
    'reading_id',
    'device_id',
    'metric',
    'ts',
    'device_ts',
    'value',
    'ingest_ts',
    'anomaly_id',
    'quality',
  ],
} as const;

/** How many values of the first ten devices differ, in every column of every table. */
function differences(other: Parameters<typeof sensors>[0], days: readonly [string, string] = window): number {
  let count = 0;
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const before = readColumns(sensors(options), table, ...window);
    expect(before.rowCount).toBeGreaterThan(0);
    const after = readColumns(sensors({ ...options, ...other }), table, ...days);
    const isOld = after.numbers('device_id').map((device) => (device <= 10 ? 1 : 0));
    for (const column of columns) {
      const kept = after.numbers(column).filter((_, i) => isOld[i] === 1);
      count += countDifferences(before.numbers(column), kept);
    }
  }
  return count;
}

describe('rows that are there already', () => {
  it('stay as they are when devices are added', () => {
    expect(differences({ nDevices: 17 })).toBe(0);
  });

  it('keep their values when a metric is left out', () => {
    const whole = readColumns(sensors(options), 'readings', ...window);
    const part = readColumns(
      sensors({ ...options, metrics: ['temperature', 'battery'] }),
      'readings',
      ...window,
    );
    for (const column of ['reading_id', 'value', 'anomaly_id', 'ingest_ts']) {
      const kept = whole
        .numbers(column)
        .filter((_, i) => [0, 4].includes(whole.numbers('metric')[i] as number));
      expect(countDifferences(kept, part.numbers(column))).toBe(0);
    }
  });

  it('change with the seed', () => {
    expect(differences({ seed: 43 })).toBeGreaterThan(1_000);
  });
});
