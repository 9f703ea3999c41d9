import type { KeyedRandom } from '@datagen/core';

/** What the random numbers of a minute stand for, by their draw. */
const COLUMNS = ['fast', 'slow', 'step', 'high', 'low', 'volume', 'trades'] as const;

/**
 * The random numbers of a session's minutes, reused from session to session. One short loop for each: in one loop
 * over all, the calls are too many to be inlined, and every number they return is allocated.
 */
export class MinuteDraws {
  /** 32 random bits each. */
  readonly fast: Uint32Array;
  readonly slow: Uint32Array;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly volume: Uint32Array;
  readonly trades: Uint32Array;
  /** Standard normal. */
  readonly step: Float64Array;

  constructor(minutes: number) {
    const bits = () => new Uint32Array(minutes);
    [this.fast, this.slow, this.high] = [bits(), bits(), bits()];
    [this.low, this.volume, this.trades] = [bits(), bits(), bits()];
    this.step = new Float64Array(minutes);
  }

  /** Draws for the minutes from position `first` on. */
  draw(random: KeyedRandom, first: number): void {
    COLUMNS.forEach((name, draw) => {
      if (name === 'step') drawNormals(random, first, draw, this.step);
      else drawBits(random, first, draw, this[name]);
    });
  }
}

function drawBits(random: KeyedRandom, first: number, draw: number, into: Uint32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = random.uint32(first + i, draw);
}

function drawNormals(random: KeyedRandom, first: number, draw: number, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = random.normal(first + i, draw);
}
