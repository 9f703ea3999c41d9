import { bridgeTo, KeyedRandom } from '@datagen/core/random';
import { dayOf, parseDay } from '@datagen/core/generator';
import type { MarketConfig } from '../../market-config.ts';
import { exchangeCalendar, type Session } from '../../exchange/exchange-calendar.ts';
import { type IntradayShape, intradayShape } from '../../exchange/intraday-shape.ts';
import { MarketFactor } from '../daily/market-factor.ts';
import { MinuteBars } from './minute-bars.ts';
import { MinuteDraws } from './minute-draws.ts';
import { drawExtremes, drawSteps, type Extremes, fillPrices } from './minute-prices.ts';
import { drawStates, shareVariance } from './minute-volatility.ts';
import { drawLogVolume, drawTrades, fillVolume, MINUTE_CENTER } from './minute-volume.ts';
import { PriceHistory } from '../daily/price-history.ts';
import type { Split } from '../daily/splits.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import { TradingDays } from '../../exchange/trading-days.ts';

const { exp, log, sqrt, max } = Math;

/** How a day's volume follows its volatility, and the noise of it, of logarithms. */
const VOLUME_BY_DAY = 0.35;
const DAILY_VOLUME_NOISE = 0.22;
const DAYS_PER_YEAR = 252;
/** Draws of a day that belong to no minute are kept beyond the longest session. */
const MINUTES_OF_A_DAY = 1024;
const DAY_DRAW = 1000;

/**
 * The prices of all symbols by the minute. Any session can be asked for in any order; a symbol's daily returns are
 * worked out from 2000 on when it is first asked for (about a millisecond), its minutes each time.
 */
export class MinutePath {
  readonly #config: PathConfig;
  readonly #days: TradingDays;
  readonly #factor: MarketFactor;
  readonly #anchorIndex: number;
  readonly #histories = new Map<string, SymbolState>();
  readonly #shapes = new Map<number, IntradayShape>();
  #scratch: Scratch | undefined;

  constructor(config: PathConfig) {
    this.#config = config;
    this.#days = new TradingDays(exchangeCalendar(config.exchange));
    const dailySd = config.volatility / sqrt(DAYS_PER_YEAR);
    this.#factor = new MarketFactor(config.seed, this.#days, dailySd * sqrt(config.correlation));
    const anchorDay = dayOf(parseDay(config.priceAnchorDate, 'priceAnchorDate'));
    this.#anchorIndex = max(this.#days.countBefore(anchorDay + 1) - 1, 0);
  }

  /** The split that a symbol's shares undergo before the open of a trading day, if any. */
  splitOn(symbol: ListedSymbol, day: number): Split | undefined {
    return this.#stateOf(symbol).history.splitOn(this.#days.countBefore(day));
  }

  /** The minutes of a session; valid until those of another are asked for. */
  session(symbol: ListedSymbol, { day, minutes }: Session): MinuteBars {
    const scratch = this.#scratchOf(minutes);
    const { bars } = scratch;
    if (scratch.symbol === symbol.symbol && scratch.day === day) return bars;
    const { history, random, logDailyVolume } = this.#stateOf(symbol);
    const today = history.dayAt(this.#days.countBefore(day));
    const shape = this.#shapeOf(minutes);
    const first = day * MINUTES_OF_A_DAY;
    const { draws, states, shares, steps, extremes, logShares } = scratch;
    draws.draw(random, first);

    bars.tickSize = symbol.tickSize;
    bars.shareFactor = today.shareFactor;
    drawStates(states, draws, random.normal(first + DAY_DRAW, 0), random.normal(first + DAY_DRAW, 1));
    shareVariance(shares, states, shape.variance);
    drawSteps(steps, bars.sigma, shares, draws.step, today.sessionSd);
    bridgeTo(today.sessionReturn, steps, shares);
    drawExtremes(extremes, draws, steps, bars.sigma);
    fillPrices(bars, steps, extremes, (today.previousClose * exp(today.gap)) / symbol.tickSize);
    const logDay =
      logDailyVolume +
      log(today.shareFactor) +
      VOLUME_BY_DAY * log(today.relativeSd) +
      DAILY_VOLUME_NOISE * random.normal(first + DAY_DRAW, 2) +
      MINUTE_CENTER;
    drawLogVolume(logShares, draws, states, shape.logVolume, logDay);
    fillVolume(bars.volume, logShares);
    drawTrades(bars, draws);
    scratch.symbol = symbol.symbol;
    scratch.day = day;
    return bars;
  }

  #stateOf(symbol: ListedSymbol): SymbolState {
    let state = this.#histories.get(symbol.symbol);
    if (state === undefined) {
      const { seed, volatility, correlation } = this.#config;
      const ownSd = (volatility * sqrt(1 - correlation)) / sqrt(DAYS_PER_YEAR);
      const settings = {
        seed,
        days: this.#days,
        factor: this.#factor,
        ownSd,
        anchorIndex: this.#anchorIndex,
      };
      const traits = new KeyedRandom('market', 'turnover', symbol.symbol);
      state = {
        history: new PriceHistory(settings, symbol),
        random: new KeyedRandom(seed, 'market', 'minutes', symbol.symbol),
        // Turnover of 150 million a day at the median, ten times that for one in a hundred.
        logDailyVolume: log(150e6) + traits.normal(0) - log(symbol.basePrice),
      };
      this.#histories.set(symbol.symbol, state);
    }
    return state;
  }

  #shapeOf(minutes: number): IntradayShape {
    let shape = this.#shapes.get(minutes);
    if (shape === undefined) {
      shape = intradayShape(this.#config.exchange, minutes);
      this.#shapes.set(minutes, shape);
    }
    return shape;
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

export type PathConfig = Pick<
  MarketConfig,
  'seed' | 'exchange' | 'priceAnchorDate' | 'volatility' | 'correlation'
>;

interface SymbolState {
  readonly history: PriceHistory;
  readonly random: KeyedRandom;
  /** Logarithm of the mean number of shares traded in a day. */
  readonly logDailyVolume: number;
}
