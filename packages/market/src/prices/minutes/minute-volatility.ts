import { nearlyNormal } from '../nearly-normal.ts';
import type { CommonNormals } from './common-minutes.ts';
import type { MinuteDraws } from './minute-draws.ts';

const { exp, sqrt } = Math;

/** Volatility within a day: two autoregressions of 8 and 90 minutes, standard deviations of log volatility. */
const FAST_PHI = exp(-1 / 8);
const SLOW_PHI = exp(-1 / 90);
const FAST_SD = 0.35;
const SLOW_SD = 0.36;
const FAST_STEP = sqrt(1 - FAST_PHI * FAST_PHI);
const SLOW_STEP = sqrt(1 - SLOW_PHI * SLOW_PHI);

/** Of the slow one's variance, the part that all stocks share: some minutes are nervous for all. */
const COMMON_NERVES = 0.4;
const COMMON_STEP = sqrt(COMMON_NERVES);
const OWN_STEP = sqrt(1 - COMMON_NERVES);
const SLOW_OWN_STEP = SLOW_STEP * OWN_STEP;
const SLOW_COMMON_STEP = SLOW_STEP * COMMON_STEP;

/** The variance of the states that `drawStates` draws. */
export const STATE_VARIANCE = FAST_SD * FAST_SD + SLOW_SD * SLOW_SD;

/** Draws the deviation of log volatility by minute, from where its two autoregressions begin and what stocks share. */
export function drawStates(
  states: Float64Array,
  draws: MinuteDraws,
  fast: number,
  ownSlow: number,
  common: CommonNormals,
): void {
  const { fast: fastBits, slow: slowBits } = draws;
  const { byMinute } = common;
  let slow = OWN_STEP * ownSlow + COMMON_STEP * common.before;
  for (let i = 0; i < states.length; i++) {
    states[i] = FAST_SD * fast + SLOW_SD * slow;
    fast = FAST_PHI * fast + FAST_STEP * nearlyNormal(fastBits[i] as number);
    slow =
      SLOW_PHI * slow +
      SLOW_OWN_STEP * nearlyNormal(slowBits[i] as number) +
      SLOW_COMMON_STEP * (byMinute[i] as number);
  }
}

/** Each minute's share of the session's variance, which is `variance` where volatility is as usual. */
export function shareVariance(shares: Float64Array, states: Float64Array, variance: Float64Array): void {
  const total = weighVariance(shares, states, variance);
  const scale = 1 / total;
  for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] as number) * scale;
}

function weighVariance(shares: Float64Array, states: Float64Array, variance: Float64Array): number {
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = (variance[i] as number) * exp(2 * (states[i] as number));
    shares[i] = share;
    total += share;
  }
  return total;
}
