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

/**
 * Fills in the prices of minutes in ticks, from the first `price` in ticks, unrounded; none is above `highest`. Traders
 * like round prices (Harris, "Stock price clustering and discreteness", 1991), which the last
 * half of 32 random bits decides, and that of the first minute for the open.
 */
export function fillPrices(
  bars: MinuteBars,
  steps: Float64Array,
  { up, down }: Extremes,
  rounding: Int32Array,
  price: number,
  highest: number,
): void {
  const { open, high, low, close } = bars;
  let openTicks = roundPrice((price + 0.5) | 0 || 1, 0x10000 - ((rounding[0] as number) & 0xffff));
  for (let i = 0; i < open.length; i++) {
    let nextPrice = price * growth(steps[i] as number);
    if (nextPrice > highest) nextPrice = highest;
    const closeTicks = roundPrice((nextPrice + 0.5) | 0 || 1, (rounding[i] as number) & 0xffff);
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

/** Prices next to a multiple of ten ticks, or of five, that are traded there instead: parts of 65,536. */
const TO_TEN = 0.22 * 65_536;
const TO_FIVE = 0.14 * 65_536;

/** A price in ticks, or a round one beside it; `draw` is below 65,536. Prices of some ticks stay as they are. */
function roundPrice(ticks: number, draw: number): number {
  if (draw >= TO_TEN || ticks < 10) return ticks;
  const digit = ticks % 10;
  if (digit === 9) return ticks + 1;
  if (digit === 1) return ticks - 1;
  if (draw >= TO_FIVE) return ticks;
  return digit === 4 ? ticks + 1 : digit === 6 ? ticks - 1 : ticks;
}

/** exp(x), by its series to 1e-10 for the small returns of a minute. */
function growth(x: number): number {
  if (x > 0.03 || x < -0.03) return exp(x);
  return 1 + x * (1 + x * (0.5 + x * (1 / 6 + x * (1 / 24))));
}
