import type { KeyedRandom } from '@datagen/core/random';
import { OVERNIGHT_SHARE } from './overnight.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

/** Prices are worked out by runs of so many trading days, the first of which begins with the first day. */
export const RUN = 64;

const { sqrt } = Math;
const GAP_WEIGHT = sqrt(OVERNIGHT_SHARE);
const SESSION_WEIGHT = sqrt(1 - OVERNIGHT_SHARE);

/** The random numbers of a run of days, in memory that the next run uses again. */
export class DailyDraws {
  /** Standard normal: of the gap before each session, of the session, and of both together. */
  readonly gap = new Float64Array(RUN);
  readonly session = new Float64Array(RUN);
  readonly day = new Float64Array(RUN);
  /** 32 random bits for each component of volatility, and for its noise. */
  readonly components = [0, 1, 2, 3].map(() => new Int32Array(RUN));
  readonly noise = new Int32Array(RUN);
  readonly #keys = new Int32Array(RUN);

  /** Draws for the days from index `first` on. */
  draw(random: KeyedRandom, days: TradingDays, first: number): void {
    const keys = this.#keys;
    days.fill(keys, first);
    for (let i = 0; i < RUN; i++) keys[i] = random.key(keys[i] as number);
    random.normals(keys, this.gap, 0);
    random.normals(keys, this.session, 1);
    for (let k = 0; k < this.components.length; k++)
      random.bits(keys, this.components[k] as Int32Array, 2 + k);
    random.bits(keys, this.noise, 6);
    weigh(this.day, this.gap, this.session);
  }
}

function weigh(day: Float64Array, gap: Float64Array, session: Float64Array): void {
  for (let i = 0; i < day.length; i++)
    day[i] = GAP_WEIGHT * (gap[i] as number) + SESSION_WEIGHT * (session[i] as number);
}
