import { KeyedRandom } from '@datagen/core/random';
import type { Earnings, EarningsDays } from './earnings-days.ts';

const { abs, exp, min, sqrt } = Math;

/** Standard deviation of the jump of a price at the news of its earnings, over that of a plain day of its own. */
const JUMP = 4.5;
/** Of the logarithm of the scale of jumps: a few quarters are great surprises. */
const JUMP_SPREAD = 0.55;
/** News on so many of the days of a year. */
const NEWS_DAYS = 4 / 252;
/** Volume on the day of the news and on those behind it, of logarithms; more where the surprise is larger. */
const NEWS_VOLUME = [0.5, 0.32, 0.17, 0.08, 0.04] as const;
const VOLUME_BY_JUMP = 0.28;
const LARGEST_JUMP = 3;

/** How a price and its volume answer to the news of earnings. */
export class EarningsMoves {
  /** What the standard deviation of the session is multiplied by on the day of the news, and on the next. */
  static readonly DAY_SCALE = 1.7;
  static readonly NEXT_DAY_SCALE = 1.25;
  /** Daily standard deviation of the stock's own return on plain days. */
  readonly plainSd: number;
  readonly #random: KeyedRandom;

  /** `ownSd` is the daily standard deviation of its own return, days of news among them. */
  constructor(seed: number, symbol: string, ownSd: number) {
    this.#random = new KeyedRandom(seed, 'market', 'earnings', symbol);
    this.plainSd = ownSd / sqrt(1 + NEWS_DAYS * JUMP * JUMP);
  }

  /** The log return that the open jumps by. */
  jump(news: Earnings): number {
    return JUMP * this.plainSd * this.#surprise(news);
  }

  /** What news before or on a day add to the logarithm of its volume. */
  logVolume(days: EarningsDays, index: number): number {
    const news = days.between(Math.max(index - NEWS_VOLUME.length + 1, 0), index).at(-1);
    if (news === undefined) return 0;
    const since = index - news.index;
    const size = min(abs(this.#surprise(news)), LARGEST_JUMP);
    return (NEWS_VOLUME[since] as number) * (1 + (VOLUME_BY_JUMP / NEWS_VOLUME[0]) * size);
  }

  /** Mean 0 and variance 1, with tails: normal given a scale of its own. */
  #surprise({ quarter }: Earnings): number {
    const scale = exp(JUMP_SPREAD * this.#random.normal(quarter, 1) - JUMP_SPREAD * JUMP_SPREAD);
    return scale * this.#random.normal(quarter, 0);
  }
}
