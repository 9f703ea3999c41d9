import { BoundedCache } from '@datagen/core/generator';
import { bridgeTo, KeyedRandom } from '@datagen/core/random';
import { type Session, SESSION_LENGTHS } from '../../exchange/exchange-calendar.ts';
import { type IntradayShape, intradayShape } from '../../exchange/intraday-shape.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import { HIGHEST_PRICE } from '../../listings/price-units.ts';
import { MOST_SYMBOLS } from '../../market-config.ts';
import type { DailyPrices, PriceConfig } from '../daily/daily-prices.ts';
import { DAY_ROW, ROWS_PER_DAY } from './draw-rows.ts';
import { MinuteBars } from './minute-bars.ts';
import { MinuteDraws } from './minute-draws.ts';
import { drawExtremes, drawSteps, type Extremes, fillPrices } from './minute-prices.ts';
import { drawStates, shareVariance } from './minute-volatility.ts';
import { drawLogVolume, drawTrades, fillVolume, MINUTE_CENTER } from './minute-volume.ts';

const { exp, log, min, round } = Math;

/** How a day's volume follows its volatility, and the noise of it, of logarithms. */
const VOLUME_BY_DAY = 0.35;
const DAILY_VOLUME_NOISE = 0.22;

/**
 * The prices of all symbols by the minute, on the way that their daily prices set. Any session can be asked for in any
 * order; its minutes are worked out each time.
 */
export class MinutePath {
  readonly #config: PriceConfig;
  readonly #daily: DailyPrices;
  readonly #traits = new BoundedCache<string, Traits>(MOST_SYMBOLS);
  readonly #shapes = new BoundedCache<number, IntradayShape>(SESSION_LENGTHS);
  #scratch: Scratch | undefined;

  constructor(config: PriceConfig, daily: DailyPrices) {
    this.#config = config;
    this.#daily = daily;
  }

  /** The minutes of a session; valid until those of another are asked for. */
  session(symbol: ListedSymbol, { day, minutes }: Session): MinuteBars {
    const scratch = this.#scratchOf(minutes);
    const { bars } = scratch;
    if (scratch.symbol === symbol.symbol && scratch.day === day) return bars;
    const { random, logDailyVolume } = this.#traitsOf(symbol);
    const today = this.#daily.on(symbol, day);
    const shape = this.#shapes.get(minutes, () => intradayShape(this.#config.exchange, minutes));
    const first = day * ROWS_PER_DAY;
    const dayRow = first + DAY_ROW;
    const { draws, states, shares, steps, extremes, logShares } = scratch;
    draws.draw(random, first);

    bars.tickSize = symbol.tickSize;
    bars.shareFactor = today.shareFactor;
    drawStates(states, draws, random.normal(dayRow, 0), random.normal(dayRow, 1));
    shareVariance(shares, states, shape.variance);
    drawSteps(steps, bars.sigma, shares, draws.step, today.sessionSd);
    bridgeTo(today.sessionReturn, steps, shares);
    drawExtremes(extremes, draws, steps, bars.sigma);
    const highest = round(HIGHEST_PRICE / symbol.tickSize);
    const open = min((today.previousClose * exp(today.gap)) / symbol.tickSize, highest);
    fillPrices(bars, steps, extremes, open, highest);
    const logDay =
      logDailyVolume +
      log(today.shareFactor) +
      VOLUME_BY_DAY * log(today.relativeSd) +
      DAILY_VOLUME_NOISE * random.normal(dayRow, 2) +
      MINUTE_CENTER;
    drawLogVolume(logShares, draws, states, shape.logVolume, logDay);
    fillVolume(bars.volume, logShares);
    drawTrades(bars, draws);
    scratch.symbol = symbol.symbol;
    scratch.day = day;
    return bars;
  }

  #traitsOf({ symbol, basePrice }: ListedSymbol): Traits {
    return this.#traits.get(symbol, () => ({
      random: new KeyedRandom(this.#config.seed, 'market', 'minutes', symbol),
      // Turnover of 150 million a day at the median, ten times that for one in a hundred.
      logDailyVolume: log(150e6) + new KeyedRandom('market', 'turnover', symbol).normal(0) - log(basePrice),
    }));
  }

  #scratchOf(minutes: number): Scratch {
    if (this.#scratch?.steps.length !== minutes) this.#scratch = new Scratch(minutes);
    return this.#scratch;
  }
}

/** What the steps of a session share and the next session overwrites. */
class Scratch {
  /** Whose session it is. */
  symbol = '';
  day = NaN;
  readonly bars: MinuteBars;
  readonly draws: MinuteDraws;
  /** Deviation of log volatility, by minute. */
  readonly states: Float64Array;
  /** Each minute's part of the session's variance. */
  readonly shares: Float64Array;
  /** Log returns. */
  readonly steps: Float64Array;
  readonly extremes: Extremes;
  /** Logarithms of the shares traded. */
  readonly logShares: Float64Array;

  constructor(minutes: number) {
    const column = () => new Float64Array(minutes);
    this.bars = new MinuteBars(minutes);
    this.draws = new MinuteDraws(minutes);
    [this.states, this.shares, this.steps] = [column(), column(), column()];
    this.logShares = column();
    this.extremes = { up: column(), down: column() };
  }
}

/** What is a symbol's own, whatever the day. */
interface Traits {
  readonly random: KeyedRandom;
  /** Logarithm of the mean number of shares traded in a day. */
  readonly logDailyVolume: number;
}
