import { type BatchBuilder, HOUR_MS } from '@datagen/core/generator';
import type { Location } from '../locations/locations.ts';
import { HOURS_PER_DAY } from './hourly-values.ts';

const { floor, min } = Math;

/** Writes the keys of the rows of a day from `start` on: all hours of the first location, then of the next. */
export function fillHourKeys(
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
): void {
  const id = builder.int64('location_id');
  const ts = builder.int64('ts');
  for (let row = 0, place = floor(start / HOURS_PER_DAY); row < builder.length; place++) {
    const locationId = (locations[place] as Location).id;
    const first = place * HOURS_PER_DAY - start;
    const end = min(builder.length, first + HOURS_PER_DAY);
    for (; row < end; row++) {
      id.set(row, locationId);
      ts.set(row, (startMs + (row - first) * HOUR_MS) * 1_000);
    }
  }
}

/** Writes values that are in tenths, from position `start` of the day on. */
export function fillTenths(builder: BatchBuilder, name: string, units: Int32Array, start: number): void {
  const target = builder.float64(name).values;
  for (let row = 0; row < target.length; row++) target[row] = (units[start + row] as number) / 10;
}

/** Writes whole values, from position `start` of the day on. */
export function fillWhole(builder: BatchBuilder, name: string, units: Int32Array, start: number): void {
  builder.int32(name).values.set(units.subarray(start, start + builder.length));
}
