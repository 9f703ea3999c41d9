import type { KeyedRandom } from '@datagen/core/random';

/** Draws of a minute that are wanted as bits, in the order of `MinuteDraws.#bits`. */
const BITS = [0, 1, 3, 4, 5, 6, 7] as const;
const STEP = 2;

/** The random numbers of a session's minutes, reused from session to session. */
export class MinuteDraws {
  /** 32 random bits each, as signed integers. */
  readonly fast: Int32Array;
  readonly slow: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly volume: Int32Array;
  readonly trades: Int32Array;
  /** What keeps a stock's moves apart from common news. */
  readonly apart: Int32Array;
  /** Standard normal. */
  readonly step: Float64Array;
  readonly #bits: readonly Int32Array[];
  readonly #keys: Int32Array;

  constructor(minutes: number) {
    const bits = () => new Int32Array(minutes);
    [this.fast, this.slow, this.high] = [bits(), bits(), bits()];
    [this.low, this.volume, this.trades] = [bits(), bits(), bits()];
    this.apart = bits();
    this.step = new Float64Array(minutes);
    this.#bits = [this.fast, this.slow, this.high, this.low, this.volume, this.trades, this.apart];
    this.#keys = bits();
  }

  /** Draws for the minutes from position `first` on, a 32-bit integer. */
  draw(random: KeyedRandom, first: number): void {
    const keys = this.#keys;
    random.keys(first, keys);
    random.normals(keys, this.step, STEP);
    for (let k = 0; k < BITS.length; k++) random.bits(keys, this.#bits[k] as Int32Array, BITS[k]);
  }
}
