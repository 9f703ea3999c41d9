import { bridgeMaximum, bridgeMinimum } from '@datagen/core/random';
import type { MinuteBars } from './minute-bars.ts';
import type { MinuteDraws } from './minute-draws.ts';

const { exp, log, sqrt } = Math;

/** 32 random bits as a number in [0, 1). */
const UNIT = 1 / 0x100000000;

/** Draws the log returns of minutes, not yet bridged to the session's, and their standard deviations. */
export function drawSteps(
  steps: Float64Array,
  sigma: Float64Array,
  shares: Float64Array,
  normals: Float64Array,
  sessionSd: number,
): void {
  for (let i = 0; i < steps.length; i++) {
    const sd = sessionSd * sqrt(shares[i] as number);
    sigma[i] = sd;
    steps[i] = sd * (normals[i] as number);
  }
}

/** How far above and below where it opens a minute's price comes, as factors of that price. */
export interface Extremes {
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/** Draws the extremes between the two prices of each minute, exact for a Brownian bridge. */
export function drawExtremes(
  extremes: Extremes,
  { high, low }: MinuteDraws,
  steps: Float64Array,
  sigma: Float64Array,
): void {
  logUniforms(extremes.up, high);
  logUniforms(extremes.down, low);
  bridgeExtremes(extremes, steps, sigma);
}

// Logarithms in a loop of their own: a call per row costs the other one its registers.
function logUniforms(logs: Float64Array, bits: Int32Array): void {
  // Uniforms never 0.
  for (let i = 0; i < logs.length; i++) logs[i] = log((((bits[i] as number) >>> 0) + 0.5) * UNIT);
}

/** Turns logarithms of uniforms into extremes. */
function bridgeExtremes({ up, down }: Extremes, steps: Float64Array, sigma: Float64Array): void {
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    const sd = sigma[i] as number;
    const variance = sd * sd;
    up[i] = growth(bridgeMaximum(step, variance, up[i] as number));
    down[i] = growth(bridgeMinimum(step, variance, down[i] as number));
  }
}

/** Fills in the prices of minutes in ticks, from the first `price` in ticks, unrounded; none is above `highest`. */
export function fillPrices(
  bars: MinuteBars,
  steps: Float64Array,
  { up, down }: Extremes,
  price: number,
  highest: number,
): void {
  const { open, high, low, close } = bars;
  let openTicks = (price + 0.5) | 0 || 1;
  for (let i = 0; i < open.length; i++) {
    let nextPrice = price * growth(steps[i] as number);
    if (nextPrice > highest) nextPrice = highest;
    const closeTicks = (nextPrice + 0.5) | 0 || 1;
    let highPrice = price * (up[i] as number);
    if (highPrice > highest) highPrice = highest;
    let highTicks = (highPrice + 0.5) | 0;
    let lowTicks = (price * (down[i] as number) + 0.5) | 0 || 1;
    // Comparisons of integers: Math.max and Math.min work on doubles.
    if (openTicks > highTicks) highTicks = openTicks;
    if (closeTicks > highTicks) highTicks = closeTicks;
    if (openTicks < lowTicks) lowTicks = openTicks;
    if (closeTicks < lowTicks) lowTicks = closeTicks;
    open[i] = openTicks;
    high[i] = highTicks;
    low[i] = lowTicks;
    close[i] = closeTicks;
    price = nextPrice;
    openTicks = closeTicks;
  }
}

/** exp(x), by its series to 1e-10 for the small returns of a minute. */
function growth(x: number): number {
  if (x > 0.03 || x < -0.03) return exp(x);
  return 1 + x * (1 + x * (0.5 + x * (1 / 6 + x * (1 / 24))));
}
