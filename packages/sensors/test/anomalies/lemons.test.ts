import { mean, readColumns, sumBy, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { hazardLevels } from '../../src/anomalies/hazard-levels.ts';
import { sensors } from '../../src/index.ts';
import { END, SEEDS, START } from '../fleet.ts';

describe.each(SEEDS)('the faults of seed %d', (seed) => {
  const fleet = sensors({ seed, nDevices: 200, installDays: 1 });
  const key = readColumns(fleet, 'anomalies', START, END);

  it('S22: are those of a few lemons for a good part', () => {
    const events = new Map<number, number>();
    const devices = key.numbers('device_id');
    key.numbers('event_id').forEach((event, i) => events.set(event, devices[i] as number));
    const counts = sumBy([...events.values()]);
    const perDevice = Array.from({ length: 200 }, (_, i) => counts.get(i + 1) ?? 0);
    // A Poisson process that all devices share has 1.
    expect(variance(perDevice) / mean(perDevice)).toBeGreaterThan(5);
    expect(variance(perDevice) / mean(perDevice)).toBeLessThan(60);
    expect(Math.abs(mean(perDevice) / (60 * 5 * 0.1) - 1)).toBeLessThan(0.2);
  });

  it('S8: never make a battery oscillate', () => {
    const metrics = key.texts('metric');
    const types = key.texts('anomaly_type');
    const typesOf = (metric: string) => new Set(types.filter((_, i) => metrics[i] === metric));
    expect(typesOf('battery')).toEqual(new Set(['spike', 'level_shift', 'stuck', 'noise_burst', 'drift']));
    expect(typesOf('temperature').size).toBe(6);
  });
});

describe('the rates of devices', () => {
  it.each([0, 0.001, 0.1, 1, 3, 5])('have a mean of %d a day, and none more than 5', (rate) => {
    const levels = hazardLevels(rate);
    expect(mean(levels)).toBeCloseTo(rate, 9);
    expect(Math.max(...levels)).toBeLessThanOrEqual(5);
  });
});
