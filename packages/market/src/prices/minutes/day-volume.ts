import { KeyedRandom } from '@datagen/core/random';
import { nearlyNormal } from '../nearly-normal.ts';

const { exp, sqrt } = Math;

/**
 * Volume from day to day, beyond what volatility and the calendar say: the market's mood and the stock's own, two
 * autoregressions of the logarithm, and noise. Judged by the autocorrelation of the log volume of the S&P 500 about its
 * median of 60 days on each side: .53 after a day, .21 after five (1999-2018).
 */
const PHI = exp(-1 / 6);
const MARKET_SD = 0.13;
const OWN_SD = 0.2;
const NOISE_SD = 0.09;
const STEP = sqrt(1 - PHI * PHI);
/** Days that are looked back over: what came before them weighs a thousandth. */
const LOOK_BACK = 40;

/** The mood of a market, or of a stock: an autoregression that any day can be asked for alone. */
export class VolumeMood {
  readonly #random: KeyedRandom;
  #index = NaN;
  #mood = 0;

  constructor(...name: readonly (string | number)[]) {
    this.#random = new KeyedRandom(...name);
  }

  /** Variance 1, by the index of a trading day; the last one is kept. */
  at(index: number): number {
    if (index === this.#index) return this.#mood;
    let mood = 0;
    for (let i = index - LOOK_BACK; i <= index; i++)
      mood = PHI * mood + STEP * nearlyNormal(this.#random.uint32(i));
    [this.#index, this.#mood] = [index, mood];
    return mood;
  }

  /** Independent from day to day. */
  noiseAt(index: number): number {
    return nearlyNormal(this.#random.uint32(index, 1));
  }
}

/** What the moods of a day add to the logarithm of a stock's volume. */
export function moodVolume(market: number, own: number, noise: number): number {
  return MARKET_SD * market + OWN_SD * own + NOISE_SD * noise;
}
