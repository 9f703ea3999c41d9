import { mean, readColumns, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';
import { byDevice, SEEDS } from '../fleet.ts';

const { floor } = Math;
const WINDOW = ['2024-07-01', '2025-06-30'] as const;
const fleetOf = (seed: number, options: Parameters<typeof sensors>[0] = {}) =>
  sensors({ seed, nDevices: 60, samplingSeconds: 21_600, installDays: 1, batteryDays: 400, ...options });

/** The local hours and weekdays (Sunday is 0) of moments at sites. */
function localTimes(seed: number, times: Float64Array, devices: Float64Array) {
  const sites = readColumns(fleetOf(seed), 'devices', ...WINDOW).numbers('site_id');
  const zones = readColumns(fleetOf(seed), 'sites', ...WINDOW).texts('time_zone');
  const clocks = new Map(
    zones.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'short' }),
    ]),
  );
  return Array.from(times, (us, i) => {
    const parts = clocks
      .get(zones[(sites[(devices[i] as number) - 1] as number) - 1] as string)
      ?.formatToParts(us / 1000);
    const [weekday, hour] = ['weekday', 'hour'].map(
      (type) => parts?.find((part) => part.type === type)?.value,
    );
    return { weekday, hour: Number(hour) };
  });
}

describe.each(SEEDS)('the upkeep of seed %d', (seed) => {
  const fleet = fleetOf(seed);
  const orders = readColumns(fleet, 'work_orders', ...WINDOW);
  const completed = orders.numbers('completed_ts');

  it('S18: is done in working hours on working days, and not all at one time', () => {
    const times = localTimes(seed, completed, orders.numbers('device_id'));
    expect(times.length).toBeGreaterThan(200);
    const isWorking = ({ weekday = '', hour }: (typeof times)[number]) =>
      ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].includes(weekday) && hour >= 7 && hour < 17;
    expect(times.filter((time) => !isWorking(time))).toEqual([]);
    expect(new Set(completed).size).toBeGreaterThan(0.95 * completed.length);
    const seconds = completed.map((us) => floor(us / 1e6) % 3_600);
    expect(new Set(seconds).size).toBeGreaterThan(150);
  });

  it('S18: begins before it is done, after it was ordered, one device after the other', () => {
    const [opened, started] = [orders.numbers('opened_ts'), orders.numbers('started_ts')];
    const minutes = completed.map((end, i) => (end - (started[i] as number)) / 60e6);
    expect(Math.min(...minutes)).toBeGreaterThan(3);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(30);
    const waits = started.map((start, i) => (start - (opened[i] as number)) / 86_400e6);
    expect(Math.min(...waits)).toBeGreaterThan(2);
    expect(Math.max(...waits)).toBeLessThan(22);
  });

  it('has a calibration of each sensor, or a battery, for every work order', () => {
    const types = orders.texts('work_type');
    const ids = orders.numbers('work_order_id');
    const calibrations = readColumns(fleet, 'calibrations', ...WINDOW);
    const batteries = readColumns(fleet, 'battery_changes', ...WINDOW);
    const idsOf = (type: string) => [...ids].filter((_, i) => types[i] === type).sort((a, b) => a - b);
    const calibrated = [...new Set(calibrations.numbers('work_order_id'))].sort((a, b) => a - b);
    expect(calibrated).toEqual(idsOf('calibration'));
    expect(calibrations.rowCount).toBe(4 * calibrated.length);
    expect([...batteries.numbers('work_order_id')].sort((a, b) => a - b)).toEqual(
      idsOf('battery replacement'),
    );
    const endOf = new Map(Array.from(ids, (id, i) => [id, completed[i]]));
    const performed = calibrations.numbers('performed_ts');
    expect(Array.from(calibrations.numbers('work_order_id'), (id) => endOf.get(id))).toEqual([...performed]);
  });

  it('S18: changes batteries before they are empty, which readings show', () => {
    const clean = { noise: 0, missingRate: 0, anomaliesPerDay: 0, metrics: ['battery' as const] };
    const readings = readColumns(fleetOf(seed, clean), 'readings', ...WINDOW);
    const [values, times] = [byDevice(readings, 'value'), byDevice(readings, 'ts')];
    const changes = readColumns(fleetOf(seed, clean), 'battery_changes', ...WINDOW);
    const [devices, replaced, before, inUse] = [
      'device_id',
      'replaced_ts',
      'voltage_before',
      'days_in_use',
    ].map((name) => changes.numbers(name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
    expect(changes.rowCount).toBeGreaterThan(35);
    expect(Math.min(...values.map((own) => Math.min(...own)))).toBeGreaterThan(3);
    const rises = Array.from(replaced, (ts, i) => {
      const own = (devices[i] as number) - 1;
      const after = (times[own] as Float64Array).findIndex((time) => time >= ts);
      return (values[own]?.[after] as number) - (values[own]?.[after - 1] as number);
    });
    expect(shareWhere(rises, (rise) => rise < 0.1)).toBeLessThan(0.02);
    expect(mean(before)).toBeLessThan(3.45);
    expect(Math.min(...inUse)).toBeGreaterThan(150);
    expect(Math.max(...inUse)).toBeLessThan(700);
    // Nobody changes them on the same day.
    expect(new Set(replaced.map((us) => floor(us / 86_400e6))).size).toBeGreaterThan(20);
  });

  it('S18: takes sensors out of service for a calibration, and for nothing else', () => {
    const options = { samplingSeconds: 600, nDevices: 40, missingRate: 0, metrics: ['pressure' as const] };
    const days = ['2025-05-01', '2025-06-15'] as const;
    const readings = readColumns(fleetOf(seed, options), 'readings', ...days);
    const calibrations = readColumns(fleetOf(seed, options), 'calibrations', ...days);
    const [devices, times, quality] = ['device_id', 'ts', 'quality'].map((name) =>
      readings.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array];
    const performed = calibrations.numbers('performed_ts');
    const out = new Map<number, number>();
    for (let i = 0; i < quality.length; i++) {
      if (quality[i] !== 28) continue;
      const row = performed.findIndex(
        (ts, k) =>
          calibrations.numbers('device_id')[k] === devices[i] &&
          ts + 600e6 > (times[i] as number) &&
          ts - (times[i] as number) <= 1_810e6,
      );
      out.set(row, (out.get(row) ?? 0) + 1);
    }
    expect(out.has(-1)).toBe(false);
    expect(out.size).toBe(calibrations.rowCount);
    for (const count of out.values()) expect(Math.abs(count - 3)).toBeLessThanOrEqual(1);
  });
});

describe('devices that are calibrated often', () => {
  it('do it themselves, every day that it is due', () => {
    const fleet = fleetOf(1, { calibrationDays: 7, nDevices: 10 });
    const calibrations = readColumns(fleet, 'calibrations', '2025-06-01', '2025-06-28');
    expect(calibrations.rowCount).toBe(4 * 10 * 4);
    expect(calibrations.numbers('work_order_id').every(Number.isNaN)).toBe(true);
    const orders = readColumns(fleet, 'work_orders', '2025-01-01', '2025-06-28');
    expect(new Set(orders.texts('work_type'))).toEqual(new Set(['battery replacement']));
  });
});
