import { type Columns, correlation, mean, median, readColumns, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';
import { byDevice, END, SEEDS, START } from '../fleet.ts';

const { floor } = Math;
const HOUR_US = 3_600_000_000;
const FIRST_HOUR = Date.parse(START) / 3_600_000;
const HOURS = 60 * 24;
/** A lone site of many devices, in Rotterdam, whose sensors work without a fault. */
const plant = (seed: number, metric: 'vibration' | 'humidity') =>
  sensors({
    seed,
    nDevices: 60,
    devicesPerSite: 60,
    metrics: [metric],
    installDays: 1,
    missingRate: 0,
    anomaliesPerDay: 0,
  });

/** Hourly means by device. */
function hourly(readings: Columns): Float64Array[] {
  const times = byDevice(readings, 'ts');
  return byDevice(readings, 'value').map((values, device) => {
    const sums = new Float64Array(HOURS);
    values.forEach((value, i) => {
      const hour = floor((times[device]?.[i] as number) / HOUR_US) - FIRST_HOUR;
      sums[hour] = (sums[hour] as number) + value / 12;
    });
    return sums;
  });
}

describe.each(SEEDS)('the machines of seed %d', (seed) => {
  const fleet = plant(seed, 'vibration');
  const devices = readColumns(fleet, 'devices', START, END);
  const machines = devices.texts('machine_type');
  const vibration = hourly(readColumns(fleet, 'readings', START, END));
  const mounted = vibration.filter((_, device) => devices.texts('placement')[device] === 'machine');

  it('S15: have duty cycles of their own', () => {
    const found = mounted.flatMap((a, i) => mounted.slice(0, i).map((b) => correlation(a, b)));
    expect(found.length).toBeGreaterThan(10);
    expect(median(found)).toBeLessThan(0.75);
    expect(Math.max(...found)).toBeLessThan(0.97);
  });

  it('S15: stand still at times and run hard at others', () => {
    for (const own of mounted) {
      const [low, high] = [Math.min(...own), Math.max(...own)];
      expect(low / high).toBeLessThan(0.35);
    }
  });

  it('S16: rest on public holidays as on Sundays', () => {
    const day = (date: string) => Date.parse(date) / 86_400_000 - FIRST_HOUR / 24;
    const shift = vibration.filter((_, device) => !['pump', 'fan'].includes(String(machines[device])));
    const ofDays = (days: readonly string[]) =>
      mean(
        shift.map((own) =>
          mean(days.map((date) => mean(own.subarray(day(date) * 24 + 6, day(date) * 24 + 18)))),
        ),
      );
    // Easter Monday, against the Mondays and Sundays around it.
    const holiday = ofDays(['2025-04-21']);
    const mondays = ofDays(['2025-04-07', '2025-04-14', '2025-04-28']);
    const sundays = ofDays(['2025-04-06', '2025-04-13', '2025-04-27']);
    expect(holiday / mondays).toBeLessThan(0.6);
    expect(holiday / sundays).toBeGreaterThan(0.7);
    expect(holiday / sundays).toBeLessThan(1.4);
  });
});

describe.each(SEEDS)('the air of seed %d', (seed) => {
  const fleet = plant(seed, 'humidity');
  const placements = readColumns(fleet, 'devices', START, END).texts('placement');
  const humidity = byDevice(readColumns(fleet, 'readings', '2025-07-01', '2025-08-29'), 'value');
  const valuesOf = (isOutdoor: boolean) =>
    humidity.flatMap((own, device) => ((placements[device] === 'outdoor') === isOutdoor ? [...own] : []));

  it('S17: is never saturated indoors, and now and then outdoors', () => {
    const indoor = valuesOf(false);
    expect(shareWhere(indoor, (value) => value >= 95)).toBe(0);
    expect(shareWhere(indoor, (value) => value >= 85)).toBeLessThan(0.001);
    expect(median(indoor)).toBeGreaterThan(35);
    expect(median(indoor)).toBeLessThan(65);
    const damp = shareWhere(valuesOf(true), (value) => value >= 95);
    expect(damp).toBeGreaterThan(0.01);
    expect(damp).toBeLessThan(0.3);
  });
});
