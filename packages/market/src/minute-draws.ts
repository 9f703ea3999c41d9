import type { KeyedRandom } from '@datagen/core';

/** The random numbers of a session's minutes, reused from session to session. */
export class MinuteDraws {
  /** 32 random bits each, as signed integers. */
  readonly fast: Int32Array;
  readonly slow: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly volume: Int32Array;
  readonly trades: Int32Array;
  /** Standard normal. */
  readonly step: Float64Array;
  readonly #keys: Int32Array;

  constructor(minutes: number) {
    const bits = () => new Int32Array(minutes);
    [this.fast, this.slow, this.high] = [bits(), bits(), bits()];
    [this.low, this.volume, this.trades] = [bits(), bits(), bits()];
    this.step = new Float64Array(minutes);
    this.#keys = bits();
  }

  /** Draws for the minutes from position `first` on. */
  draw(random: KeyedRandom, first: number): void {
    const keys = this.#keys;
    for (let i = 0; i < keys.length; i++) keys[i] = random.key(first + i);
    random.bits(keys, this.fast, 0);
    random.bits(keys, this.slow, 1);
    random.normals(keys, this.step, 2);
    random.bits(keys, this.high, 3);
    random.bits(keys, this.low, 4);
    random.bits(keys, this.volume, 5);
    random.bits(keys, this.trades, 6);
  }
}
