import { bridgeTo, KeyedRandom } from '@datagen/core/random';
import type { ExchangeCode, Session } from '../../exchange/exchange-calendar.ts';
import { intradayShape } from '../../exchange/intraday-shape.ts';
import { SECTOR_NAMES } from '../../listings/listed-symbol.ts';
import type { DailyPrices } from '../daily/daily-prices.ts';
import { CommonMinutes } from './common-minutes.ts';
import { DAY_ROW, ROWS_PER_DAY } from './draw-rows.ts';
import { MinuteBars } from './minute-bars.ts';
import { MinuteDraws } from './minute-draws.ts';
import { drawExtremes, drawSteps, fillPrices } from './minute-prices.ts';
import { drawStates, shareVariance } from './minute-volatility.ts';

/** Points of the index in a step of its levels, and the highest level in steps. */
const STEP = 0.01;
const HIGHEST_STEPS = 200_000 / STEP;
/** Draws that round no level, for as many minutes as a session may have. */
const UNROUNDED = new Int32Array(DAY_ROW).fill(-1);

/**
 * The levels of the market's index by the minute: the return that all stocks have a multiple of, told by the news that
 * they follow some minutes later. Any session can be asked for in any order.
 */
export class IndexPath {
  readonly #exchange: ExchangeCode;
  readonly #daily: DailyPrices;
  readonly #random: KeyedRandom;
  readonly #common: CommonMinutes;

  constructor({ seed, exchange }: { seed: number; exchange: ExchangeCode }, daily: DailyPrices) {
    this.#exchange = exchange;
    this.#daily = daily;
    this.#random = new KeyedRandom(seed, 'market', 'minutes of the index');
    this.#common = new CommonMinutes(seed, SECTOR_NAMES);
  }

  /** The minutes of a session: levels in steps of a hundredth, without volume. */
  session({ day, minutes }: Session): MinuteBars {
    const { previousLevel, gap, sessionReturn, sessionSd } = this.#daily.indexOn(day);
    const column = () => new Float64Array(minutes);
    const bars = new MinuteBars(minutes);
    bars.tickSize = STEP;
    const draws = new MinuteDraws(minutes);
    const [shares, steps, extremes] = [column(), column(), { up: column(), down: column() }];
    const first = day * ROWS_PER_DAY;
    const dayRow = first + DAY_ROW;
    draws.draw(this.#random, first);
    const before = [this.#random.normal(dayRow, 0), this.#random.normal(dayRow, 1)] as const;
    drawStates(bars.nerves, draws, ...before, this.#common.nerves(day, minutes));
    shareVariance(shares, bars.nerves, intradayShape(this.#exchange, minutes).variance);
    drawSteps(steps, bars.sigma, shares, this.#common.news(day, minutes).byMinute, sessionSd);
    bridgeTo(sessionReturn, steps, shares);
    drawExtremes(extremes, draws, steps, bars.sigma);
    fillPrices(
      bars,
      steps,
      extremes,
      UNROUNDED.subarray(0, minutes),
      (previousLevel * Math.exp(gap)) / STEP,
      HIGHEST_STEPS,
    );
    return bars;
  }
}
