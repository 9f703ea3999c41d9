import { normalQuantile } from '@datagen/core/random';

/** Bits that pick a standard normal number of the table. */
export const NORMAL_BITS = 12;
export const NORMAL_COUNT = 1 << NORMAL_BITS;

/**
 * Makes a table of standard normal numbers, 4,096 equally likely ones within ±3.7, for what is rounded to ticks or lots
 * in the end: two come from one draw and a look-up each, where the exact sampler takes three draws. Their order is
 * rising.
 */
export function normalTable(): Float64Array {
  const table = Float64Array.from({ length: NORMAL_COUNT }, (_, i) =>
    normalQuantile((i + 0.5) / NORMAL_COUNT),
  );
  const variance = table.reduce((sum, z) => sum + z * z, 0) / NORMAL_COUNT;
  return table.map((z) => z / Math.sqrt(variance));
}
