import { nearlyNormal } from '../nearly-normal.ts';
import type { MinuteBars } from './minute-bars.ts';
import type { MinuteDraws } from './minute-draws.ts';
import { STATE_VARIANCE } from './minute-volatility.ts';
import { PRICE_UNITS } from '../../listings/price-units.ts';

const { exp, min, round, sqrt } = Math;

/** How volume follows volatility by the minute, and the noise of it, of logarithms. */
const BY_VOLATILITY = 0.75;
const NOISE = 0.38;
/** So that minutes add up to the day's mean. */
export const MINUTE_CENTER = -0.5 * (BY_VOLATILITY * BY_VOLATILITY * STATE_VARIANCE + NOISE * NOISE);
/** No minute has more shares: they are kept in 32 bits. */
const MOST_SHARES = 2e9;
/** 16 random bits less 2^15 move the mean price by at most a fifth of the range. */
const PLACE = 0.4 / 65_536;
/** 16 random bits vary the size of trades between 0.8 and 1.2 of what it is. */
const SIZE = 0.4 / 65_536;

/**
 * Draws the logarithm of the shares of each minute; `logVolume` is each one's usual share of the day, `logDay` all
 * shares of it. `states` are those of volatility.
 */
export function drawLogVolume(
  logShares: Float64Array,
  { volume: bits }: MinuteDraws,
  states: Float64Array,
  logVolume: Float64Array,
  logDay: number,
): void {
  for (let i = 0; i < logShares.length; i++)
    logShares[i] =
      logDay +
      (logVolume[i] as number) +
      BY_VOLATILITY * (states[i] as number) +
      NOISE * nearlyNormal(bits[i] as number);
}

/** Whole shares, at least one, of logarithms. */
export function fillVolume(volume: Int32Array, logShares: Float64Array): void {
  for (let i = 0; i < volume.length; i++)
    volume[i] = (min(exp(logShares[i] as number), MOST_SHARES) + 0.5) | 0 || 1;
}

/** Draws the mean price and the number of trades of minutes whose prices and shares are known. */
export function drawTrades(bars: MinuteBars, { trades }: MinuteDraws): void {
  const { open, high, low, close, volume, vwap, tradeCount } = bars;
  const tickUnits = round(bars.tickSize * PRICE_UNITS);
  for (let i = 0; i < open.length; i++) {
    // One draw of two halves: the place of the mean price, which stays between low and high, and the size of trades.
    const bits = trades[i] as number;
    const highTicks = high[i] as number;
    const lowTicks = low[i] as number;
    const inner = (open[i] as number) + (close[i] as number);
    const place =
      0.25 * (inner + highTicks + lowTicks) + (highTicks - lowTicks) * ((bits >>> 16) - 32_768) * PLACE;
    vwap[i] = (place * tickUnits + 0.5) | 0;
    const shares = volume[i] as number;
    tradeCount[i] = (tradesOf(shares) / (0.8 + (bits & 0xffff) * SIZE) + 0.5) | 0 || 1;
  }
}

/** How many trades so many shares of a minute make: of some 60 to 150 shares, larger where more is traded. */
export function tradesOf(shares: number): number {
  return shares / (45 + 0.7 * sqrt(shares));
}
