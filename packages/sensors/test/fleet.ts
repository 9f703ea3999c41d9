import type { DatasetGenerator } from '@datagen/core/generator';
import { type Columns, readColumns } from '@datagen/testkit';
import { sensors } from '../src/index.ts';

export const SEEDS = [1, 2, 3, 4] as const;
export const START = '2025-03-01';
/** 60 days. */
export const END = '2025-04-29';
export const STEP_US = 300_000_000;

/** The fleet the bands are stated for: 40 devices, a temperature every five minutes. */
export function realismFleet(seed: number, options: Parameters<typeof sensors>[0] = {}): DatasetGenerator {
  return sensors({ seed, nDevices: 40, metrics: ['temperature'], installDays: 1, ...options });
}

const kept = new Map<string, Columns>();

/** The readings of the fleet in its 60 days, made once for all tests of a file. */
export function readingsOf(seed: number): Columns {
  const key = String(seed);
  const columns = kept.get(key) ?? readColumns(realismFleet(seed), 'readings', START, END);
  kept.set(key, columns);
  return columns;
}

/** Where each device's rows begin in a column sorted by device within each day, gathered device by device. */
export function byDevice(readings: Columns, column: string): Float64Array[] {
  const devices = readings.numbers('device_id');
  const values = readings.numbers(column);
  const counts = new Map<number, number>();
  for (const device of devices) counts.set(device, (counts.get(device) ?? 0) + 1);
  const series = new Map([...counts].map(([device, count]) => [device, new Float64Array(count)]));
  const filled = new Map<number, number>();
  for (let i = 0; i < devices.length; i++) {
    const device = devices[i] as number;
    const at = filled.get(device) ?? 0;
    (series.get(device) as Float64Array)[at] = values[i] as number;
    filled.set(device, at + 1);
  }
  return [...series].sort(([a], [b]) => a - b).map(([, own]) => own);
}
