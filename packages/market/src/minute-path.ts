import { dayOf, KeyedRandom, parseDay } from '@datagen/core';
import { bell } from './bell.ts';
import type { MarketConfig } from './config.ts';
import { exchangeCalendar, type Session } from './exchange-calendar.ts';
import { type IntradayShape, intradayShape } from './intraday-shape.ts';
import { MarketFactor } from './market-factor.ts';
import { PriceHistory } from './price-history.ts';
import type { Split } from './splits.ts';
import type { ListedSymbol } from './symbols.ts';
import { PRICE_UNITS } from './tables/symbols.ts';
import { TradingDays } from './trading-days.ts';

/** The minutes of one session of one symbol. */
export interface MinuteBars {
  /** Prices in ticks; a minute opens where the one before closed. */
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  /** Units of the currency in a tick. */
  readonly tickSize: number;
  /** Standard deviation of each minute's log return, given the volatility of the moment. */
  readonly sigma: Float64Array;
  /** Shares traded, at least 1. */
  readonly volume: Int32Array;
  /** Mean price of the shares traded, in ten-thousandths of the currency, whole. */
  readonly vwap: Int32Array;
  readonly tradeCount: Int32Array;
  /** Shares of the day per share of `priceAnchorDate`: what splits in between have made of one. */
  readonly shareFactor: number;
}

const { exp, log, sqrt, round, max, min } = Math;

/** Volatility within a day: two autoregressions of 8 and 90 minutes, standard deviations of log volatility. */
const FAST_PHI = exp(-1 / 8);
const SLOW_PHI = exp(-1 / 90);
const FAST_SD = 0.35;
const SLOW_SD = 0.36;
const FAST_STEP = sqrt(1 - FAST_PHI * FAST_PHI);
const SLOW_STEP = sqrt(1 - SLOW_PHI * SLOW_PHI);

/** How volume follows volatility by the minute and by the day, and the noise of each, all of logarithms. */
const VOLUME_BY_MINUTE = 0.75;
const VOLUME_NOISE = 0.38;
const VOLUME_BY_DAY = 0.35;
const DAILY_VOLUME_NOISE = 0.22;
/** So that minutes add up to the day's mean. */
const MINUTE_CENTER =
  -0.5 *
  (VOLUME_BY_MINUTE * VOLUME_BY_MINUTE * (FAST_SD * FAST_SD + SLOW_SD * SLOW_SD) +
    VOLUME_NOISE * VOLUME_NOISE);
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
  #steps = new Float64Array(0);
  #states = new Float64Array(0);

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

  /** The minutes of a session. */
  session(symbol: ListedSymbol, { day, minutes }: Session): MinuteBars {
    const { history, random, logDailyVolume } = this.#stateOf(symbol);
    const today = history.dayAt(this.#days.countBefore(day));
    const shape = this.#shapeOf(minutes);
    const first = day * MINUTES_OF_A_DAY;
    this.#reserve(minutes);
    const [steps, states] = [this.#steps, this.#states];
    const sigma = new Float64Array(minutes);
    const { variance } = shape;

    let fast = random.normal(first + DAY_DRAW, 0);
    let slow = random.normal(first + DAY_DRAW, 1);
    let totalVariance = 0;
    for (let i = 0; i < minutes; i++) {
      const state = FAST_SD * fast + SLOW_SD * slow;
      states[i] = state;
      const share = (variance[i] as number) * exp(2 * state);
      sigma[i] = share;
      totalVariance += share;
      fast = FAST_PHI * fast + FAST_STEP * bell(random.uint32(first + i, 0));
      slow = SLOW_PHI * slow + SLOW_STEP * bell(random.uint32(first + i, 1));
    }
    let total = 0;
    for (let i = 0; i < minutes; i++) {
      const share = (sigma[i] as number) / totalVariance;
      const step = today.sessionSd * sqrt(share) * random.normal(first + i, 2);
      total += step;
      steps[i] = step;
      sigma[i] = share;
    }
    // A bridge: shares of what is missing take the path to the close that the day has.
    const missing = today.sessionReturn - total;

    const bars = makeBars(minutes, symbol.tickSize, sigma, today.shareFactor);
    const { open, high, low, close, volume, vwap, tradeCount } = bars;
    const tickUnits = round(symbol.tickSize * PRICE_UNITS);
    const { logVolume } = shape;
    const logDay =
      logDailyVolume +
      log(today.shareFactor) +
      VOLUME_BY_DAY * log(today.relativeSd) +
      DAILY_VOLUME_NOISE * random.normal(first + DAY_DRAW, 2) +
      MINUTE_CENTER;
    let price = (today.previousClose * exp(today.gap)) / symbol.tickSize;
    let openTicks = max(round(price), 1);
    for (let i = 0; i < minutes; i++) {
      const index = first + i;
      const share = sigma[i] as number;
      const step = (steps[i] as number) + missing * share;
      const minuteVariance = today.sessionSd * today.sessionSd * share;
      sigma[i] = sqrt(minuteVariance);
      // Extremes of a Brownian bridge between the two prices, exact.
      const up = 0.5 * (step + sqrt(step * step - 2 * minuteVariance * log(random.uniform(index, 3))));
      const down = 0.5 * (step - sqrt(step * step - 2 * minuteVariance * log(random.uniform(index, 4))));
      const nextPrice = price * growth(step);
      const closeTicks = max(round(nextPrice), 1);
      const highTicks = max(round(price * growth(up)), openTicks, closeTicks);
      const lowTicks = max(min(round(price * growth(down)), openTicks, closeTicks), 1);
      open[i] = openTicks;
      high[i] = highTicks;
      low[i] = lowTicks;
      close[i] = closeTicks;
      const logShares =
        logDay +
        (logVolume[i] as number) +
        VOLUME_BY_MINUTE * (states[i] as number) +
        VOLUME_NOISE * bell(random.uint32(index, 5));
      const shares = min(max(round(exp(logShares)), 1), 2e9);
      volume[i] = shares;
      // Two draws of 16 bits: the place of the mean price, and the size of trades.
      const bits = random.uint32(index, 6);
      const place = (bits >>> 16) / 65_536 - 0.5;
      const spread = highTicks - lowTicks;
      const middle = (openTicks + highTicks + lowTicks + closeTicks) / 4 + 0.3 * spread * place;
      vwap[i] = round(min(max(middle, lowTicks), highTicks) * tickUnits);
      // Trades of some 60 to 150 shares, larger where more is traded.
      const tradeSize = (45 + 0.7 * sqrt(shares)) * (0.8 + (0.4 * (bits & 0xffff)) / 65_536);
      const trades = round(shares / tradeSize);
      tradeCount[i] = min(max(trades, 1), shares);
      price = nextPrice;
      openTicks = closeTicks;
    }
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

  #reserve(minutes: number): void {
    if (this.#steps.length >= minutes) return;
    this.#steps = new Float64Array(minutes);
    this.#states = new Float64Array(minutes);
  }
}

/** exp(x), by its series to 1e-10 for the small returns of a minute. */
function growth(x: number): number {
  if (x > 0.03 || x < -0.03) return exp(x);
  return 1 + x * (1 + x * (0.5 + x * (1 / 6 + x * (1 / 24))));
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

function makeBars(minutes: number, tickSize: number, sigma: Float64Array, shareFactor: number): MinuteBars {
  const column = () => new Int32Array(minutes);
  return {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    tickSize,
    sigma,
    volume: column(),
    vwap: column(),
    tradeCount: column(),
    shareFactor,
  };
}
