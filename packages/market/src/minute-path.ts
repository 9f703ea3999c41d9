import { bridgeMaximum, bridgeMinimum, bridgeTo, dayOf, KeyedRandom, parseDay } from '@datagen/core';
import { bell } from './bell.ts';
import type { MarketConfig } from './config.ts';
import { exchangeCalendar, type Session } from './exchange-calendar.ts';
import { type IntradayShape, intradayShape } from './intraday-shape.ts';
import { MarketFactor } from './market-factor.ts';
import { MinuteDraws } from './minute-draws.ts';
import { PriceHistory, type TradingDay } from './price-history.ts';
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
const MOST_SHARES = 2e9;
/** 16 random bits less 2^15 move the mean price by at most a fifth of the range. */
const PLACE = 0.4 / 65_536;
/** 16 random bits vary the size of trades between 0.8 and 1.2 of what it is. */
const SIZE = 0.4 / 65_536;
/** 32 random bits as a number in [0, 1). */
const UNIT = 1 / 0x100000000;
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

  /** The minutes of a session. */
  session(symbol: ListedSymbol, { day, minutes }: Session): MinuteBars {
    const { history, random, logDailyVolume } = this.#stateOf(symbol);
    const today = history.dayAt(this.#days.countBefore(day));
    const shape = this.#shapeOf(minutes);
    const first = day * MINUTES_OF_A_DAY;
    const scratch = this.#scratchOf(minutes);
    scratch.draws.draw(random, first);

    const bars = makeBars(minutes, symbol.tickSize, today.shareFactor);
    const fast = random.normal(first + DAY_DRAW, 0);
    const slow = random.normal(first + DAY_DRAW, 1);
    shareVariance(bars.sigma, scratch, shape.variance, fast, slow);
    drawSteps(bars.sigma, scratch, today);
    fillPrices(bars, scratch, today);
    const logDay =
      logDailyVolume +
      log(today.shareFactor) +
      VOLUME_BY_DAY * log(today.relativeSd) +
      DAILY_VOLUME_NOISE * random.normal(first + DAY_DRAW, 2) +
      MINUTE_CENTER;
    fillVolume(bars, scratch, shape.logVolume, logDay);
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
    if (this.#scratch?.steps.length !== minutes) {
      const draws = new MinuteDraws(minutes);
      this.#scratch = { draws, states: new Float64Array(minutes), steps: new Float64Array(minutes) };
    }
    return this.#scratch;
  }
}

/** What the steps of a session share and the next session overwrites. */
interface Scratch {
  readonly draws: MinuteDraws;
  /** Deviation of log volatility, by minute. */
  readonly states: Float64Array;
  /** Log returns. */
  readonly steps: Float64Array;
}

/** Draws the volatility of the minutes; leaves each one's share of the session's variance in `shares`. */
function shareVariance(
  shares: Float64Array,
  { draws, states }: Scratch,
  variance: Float64Array,
  fast: number,
  slow: number,
): void {
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    const state = FAST_SD * fast + SLOW_SD * slow;
    states[i] = state;
    const share = (variance[i] as number) * exp(2 * state);
    shares[i] = share;
    total += share;
    fast = FAST_PHI * fast + FAST_STEP * bell(draws.fast[i] as number);
    slow = SLOW_PHI * slow + SLOW_STEP * bell(draws.slow[i] as number);
  }
  const scale = 1 / total;
  for (let i = 0; i < shares.length; i++) shares[i] = (shares[i] as number) * scale;
}

/** Draws the returns and bridges them to the session's; turns shares of variance into standard deviations. */
function drawSteps(shares: Float64Array, { draws, steps }: Scratch, today: TradingDay): void {
  const { sessionSd } = today;
  const minutes = shares.length;
  for (let i = 0; i < minutes; i++)
    steps[i] = sessionSd * sqrt(shares[i] as number) * (draws.step[i] as number);
  bridgeTo(today.sessionReturn, steps.length === minutes ? steps : steps.subarray(0, minutes), shares);
  for (let i = 0; i < minutes; i++) shares[i] = sessionSd * sqrt(shares[i] as number);
}

function fillPrices(bars: MinuteBars, { draws, steps }: Scratch, today: TradingDay): void {
  const { open, high, low, close, sigma } = bars;
  let price = (today.previousClose * exp(today.gap)) / bars.tickSize;
  let openTicks = (price + 0.5) | 0 || 1;
  for (let i = 0; i < open.length; i++) {
    const step = steps[i] as number;
    const sd = sigma[i] as number;
    const variance = sd * sd;
    // Extremes between the two prices, exact; uniforms never 0.
    const highDraw = ((draws.high[i] as number) + 0.5) * UNIT;
    const lowDraw = ((draws.low[i] as number) + 0.5) * UNIT;
    const up = bridgeMaximum(step, variance, highDraw);
    const down = bridgeMinimum(step, variance, lowDraw);
    const nextPrice = price * growth(step);
    const closeTicks = (nextPrice + 0.5) | 0 || 1;
    let highTicks = (price * growth(up) + 0.5) | 0;
    let lowTicks = (price * growth(down) + 0.5) | 0 || 1;
    // Comparisons of integers: Math.max and Math.min work on doubles.
    if (openTicks > highTicks) highTicks = openTicks;
    if (closeTicks > highTicks) highTicks = closeTicks;
    if (openTicks < lowTicks) lowTicks = openTicks;
    if (closeTicks < lowTicks) lowTicks = closeTicks;
    open[i] = openTicks;
    high[i] = highTicks;
    low[i] = lowTicks;
    close[i] = closeTicks;
    price = nextPrice;
    openTicks = closeTicks;
  }
}

function fillVolume(
  bars: MinuteBars,
  { draws, states }: Scratch,
  logVolume: Float64Array,
  logDay: number,
): void {
  const { open, high, low, close, volume, vwap, tradeCount } = bars;
  const tickUnits = round(bars.tickSize * PRICE_UNITS);
  for (let i = 0; i < open.length; i++) {
    const logShares =
      logDay +
      (logVolume[i] as number) +
      VOLUME_BY_MINUTE * (states[i] as number) +
      VOLUME_NOISE * bell(draws.volume[i] as number);
    const shares = (min(exp(logShares), MOST_SHARES) + 0.5) | 0 || 1;
    volume[i] = shares;
    // One draw of two halves: the place of the mean price, which stays between low and high, and the size of trades.
    const bits = draws.trades[i] as number;
    const highTicks = high[i] as number;
    const lowTicks = low[i] as number;
    const inner = (open[i] as number) + (close[i] as number);
    const place =
      0.25 * (inner + highTicks + lowTicks) + (highTicks - lowTicks) * ((bits >>> 16) - 32_768) * PLACE;
    vwap[i] = (place * tickUnits + 0.5) | 0;
    // Trades of some 60 to 150 shares, larger where more is traded.
    const tradeSize = (45 + 0.7 * sqrt(shares)) * (0.8 + (bits & 0xffff) * SIZE);
    tradeCount[i] = (shares / tradeSize + 0.5) | 0 || 1;
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

function makeBars(minutes: number, tickSize: number, shareFactor: number): MinuteBars {
  const column = () => new Int32Array(minutes);
  return {
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    tickSize,
    sigma: new Float64Array(minutes),
    volume: column(),
    vwap: column(),
    tradeCount: column(),
    shareFactor,
  };
}
