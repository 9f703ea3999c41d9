import { MINUTE_MS } from '@datagen/core/generator';
import type { RandomStream } from '@datagen/core/random';
import { STATE_VARIANCE } from '../prices/minutes/minute-volatility.ts';
import { NORMAL_BITS } from './normal-table.ts';

const { exp, log, sqrt } = Math;
const MINUTE_MICROS = MINUTE_MS * 1000;

/** What a spread is meant to be changes with every third quote. */
const QUOTES_EACH = 3;
/** Two autoregressions from change to change, of 33 and 1,000 quotes, standard deviations of the log spread. */
const FAST_PHI = 0.913;
const SLOW_PHI = 0.997;
const FAST_SD = 0.42;
const SLOW_SD = 0.4;
const FAST_STEP = sqrt(1 - FAST_PHI * FAST_PHI);
const SLOW_STEP = sqrt(1 - SLOW_PHI * SLOW_PHI);
/** Spreads are wide at the open, fade to 1/e in so many minutes, and narrow a little into the close. */
const OPEN_HEIGHT = 1;
/** How the spread follows the deviation of log volatility. */
const BY_VOLATILITY = 0.3;
const OPEN_MINUTES = 40;
const CLOSE_DEPTH = 0.15;
const CLOSE_MINUTES = 30;

/** Logarithm of the mean of what they multiply the spread by. */
const NOISE_CENTER =
  0.5 * (FAST_SD * FAST_SD + SLOW_SD * SLOW_SD + BY_VOLATILITY * BY_VOLATILITY * STATE_VARIANCE);

/**
 * The logarithm of each minute's usual spread over that of the mean quote; `activity` is the relative number of quotes
 * by the minute.
 */
export function spreadShape(activity: Float64Array): Float64Array {
  const minutes = activity.length;
  const shape = Float64Array.from(
    activity,
    (_, i) =>
      OPEN_HEIGHT * exp(-(i + 0.5) / OPEN_MINUTES) - CLOSE_DEPTH * exp(-(minutes - i - 0.5) / CLOSE_MINUTES),
  );
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < minutes; i++) {
    total += activity[i] as number;
    weighted += (activity[i] as number) * exp(shape[i] as number);
  }
  const center = log(weighted / total);
  return shape.map((x) => x - center);
}

/**
 * What the spread is meant to be at each quote, in whole ticks, at least 1; `nerves` are the deviations of log
 * volatility by the minute, `meanTicks` is the mean before rounding, `normals` a table of
 * normal numbers.
 */
export function quoteSpreads(
  times: Float64Array,
  shape: Float64Array,
  nerves: Float64Array,
  meanTicks: number,
  normals: Float64Array,
  { uniform }: RandomStream,
): Int32Array {
  const drawRange = 1 << (2 * NORMAL_BITS);
  const mask = (1 << NORMAL_BITS) - 1;
  const lastMinute = shape.length - 1;
  const level = log(meanTicks) - NOISE_CENTER;
  const spreads = new Int32Array(times.length);
  const start = (uniform() * drawRange) | 0;
  let fast = normals[start & mask] as number;
  let slow = normals[start >> NORMAL_BITS] as number;
  let minute = 0;
  let minuteEnd = MINUTE_MICROS;
  for (let i = 0; i < times.length; i += QUOTES_EACH) {
    // Times rise.
    for (; (times[i] as number) >= minuteEnd; minuteEnd += MINUTE_MICROS) minute++;
    const at = minute > lastMinute ? lastMinute : minute;
    const usual = (shape[at] as number) + BY_VOLATILITY * (nerves[at] as number);
    const ticks = (exp(level + usual + FAST_SD * fast + SLOW_SD * slow) + 0.5) | 0;
    const spread = ticks < 1 ? 1 : ticks;
    // Past the end of an array nothing is written.
    spreads[i] = spread;
    spreads[i + 1] = spread;
    spreads[i + 2] = spread;
    const bits = (uniform() * drawRange) | 0;
    fast = FAST_PHI * fast + FAST_STEP * (normals[bits & mask] as number);
    slow = SLOW_PHI * slow + SLOW_STEP * (normals[bits >> NORMAL_BITS] as number);
  }
  return spreads;
}
