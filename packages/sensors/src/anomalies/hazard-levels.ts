import { normalQuantile } from '@datagen/core/random';

/** Devices are of so many kinds, equally many of each, from the most reliable to the lemons. */
const LEVELS = 16;
/** Standard deviation of the logarithm of the rate over devices: the worst sixteenth fails some 14 times as often as the best. */
const DEVIATION = 0.75;
/** The most events a day that can be drawn. */
const MOST = 5;

/** Rates of events a day by kind of device that have the given mean. None is above `MOST`, so that 5 a day leave no room. */
export function hazardLevels(mean: number): number[] {
  const shape = Array.from({ length: LEVELS }, (_, i) =>
    Math.exp(DEVIATION * normalQuantile((i + 0.5) / LEVELS)),
  );
  const levels = (scale: number) => shape.map((level) => Math.min(MOST, scale * level));
  // By halving: the mean of the levels rises with the scale.
  let [low, high] = [0, MOST / (shape[0] as number)];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (levels(middle).reduce((sum, level) => sum + level, 0) < LEVELS * mean) low = middle;
    else high = middle;
  }
  return levels(high);
}
