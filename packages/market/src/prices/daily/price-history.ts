import { KeyedRandom } from '@datagen/core/random';
import { RUN } from './daily-draws.ts';
import { LogVolatility } from './log-volatility.ts';
import type { MarketFactor } from './market-factor.ts';
import { OVERNIGHT_SHARE } from './overnight.ts';
import { type Split, SplitHistory } from './splits.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

/** What a day holds for one symbol before its minutes are drawn. Returns are log returns. */
export interface TradingDay {
  /** Price of the close before, in the shares of the day. */
  readonly previousClose: number;
  readonly gap: number;
  readonly sessionReturn: number;
  /** Standard deviation of the session's return, given the day's volatility. */
  readonly sessionSd: number;
  /** `sessionSd` over what it is on average. */
  readonly relativeSd: number;
  /** Shares of the day per share of the anchor date: 2 before the anchor becomes 1 where it was split 1:2. */
  readonly shareFactor: number;
}

const IDIOSYNCRATIC = [0.14, 0.2, 0.26, 0.32] as const;
const SESSION_SHARE = Math.sqrt(1 - OVERNIGHT_SHARE);
/** Numbers of a checkpoint: the components of volatility, then the log price. */
const CHECKPOINT = 5;

/** What the histories of all symbols share. */
export interface HistorySettings {
  readonly seed: number;
  readonly days: TradingDays;
  readonly factor: MarketFactor;
  /** Daily standard deviation of the part of a return that is the stock's own. */
  readonly ownSd: number;
  /** The last trading day up to `priceAnchorDate`. */
  readonly anchorIndex: number;
}

/**
 * The daily returns of one symbol from 2000 on: β times the market's and its own. A prefix sum: the first question
 * runs through all days up to the one asked for (a millisecond for 25 years), later ones redo 64 at most.
 */
export class PriceHistory {
  readonly #settings: HistorySettings;
  readonly #symbol: ListedSymbol;
  readonly #random: KeyedRandom;
  readonly #volatility = new LogVolatility(IDIOSYNCRATIC, 0.26, -0.03);
  readonly #beta: number;
  readonly #ownSd: number;
  readonly #meanSessionSd: number;
  readonly #checkpoints: number[] = [];
  /** Log prices at the close before each quarter, by the index of its first day. */
  readonly #quarterStarts: { index: number; logPrice: number }[] = [];
  readonly #gaps = new Float64Array(RUN);
  readonly #sessions = new Float64Array(RUN);
  readonly #sds = new Float64Array(RUN);
  readonly #logPrices = new Float64Array(RUN);
  readonly #splits: SplitHistory;
  #loadedRun = -1;
  #runsKnown = 0;
  #anchorLogPrice = 0;

  constructor(settings: HistorySettings, symbol: ListedSymbol) {
    this.#settings = settings;
    this.#symbol = symbol;
    this.#random = new KeyedRandom(settings.seed, 'market', 'daily', symbol.symbol);
    const traits = new KeyedRandom(settings.seed, 'market', 'traits', symbol.symbol);
    // Betas of large companies: most between 0.6 and 1.6.
    this.#beta = Math.min(Math.max(1 + 0.27 * traits.normal(0), 0.45), 1.8);
    this.#ownSd = settings.ownSd * Math.exp(0.2 * traits.normal(1) - 0.04);
    const marketSd = settings.factor.dailySd * this.#beta;
    this.#meanSessionSd = SESSION_SHARE * Math.sqrt(marketSd * marketSd + this.#ownSd * this.#ownSd);
    this.#volatility.start(this.#random);
    this.#checkpoints.push(...this.#volatility.components, 0);
    this.#load(settings.anchorIndex);
    this.#anchorLogPrice = this.#logPrices[settings.anchorIndex % RUN] as number;
    this.#splits = new SplitHistory(settings.anchorIndex);
  }

  /** The day of an index. */
  dayAt(index: number): TradingDay {
    this.#load(index);
    const at = index % RUN;
    const gap = this.#gaps[at] as number;
    const sessionReturn = this.#sessions[at] as number;
    const sessionSd = this.#sds[at] as number;
    const shareFactor = this.#shareFactorAt(index);
    const logPrice = (this.#logPrices[at] as number) - gap - sessionReturn - this.#anchorLogPrice;
    return {
      previousClose: (this.#symbol.basePrice * Math.exp(logPrice)) / shareFactor,
      gap,
      sessionReturn,
      sessionSd,
      relativeSd: sessionSd / this.#meanSessionSd,
      shareFactor,
    };
  }

  /** The split that takes effect before the open of a day, if one does. */
  splitOn(index: number): Split | undefined {
    if (Math.floor(index / RUN) >= this.#runsKnown) this.#load(index);
    this.#shareFactorAt(index);
    return this.#splits.on(index);
  }

  #shareFactorAt(index: number): number {
    return this.#splits.shareFactorAt(index, this.#quarterStarts, (quarter) => {
      return this.#symbol.basePrice * Math.exp(quarter.logPrice - this.#anchorLogPrice);
    });
  }

  /** Makes the run of an index current. */
  #load(index: number): void {
    const run = Math.floor(index / RUN);
    if (run === this.#loadedRun) return;
    for (let next = Math.min(run, this.#runsKnown); next <= run; next++) this.#makeRun(next);
    this.#loadedRun = run;
  }

  #makeRun(run: number): void {
    const { days, factor } = this.#settings;
    const u = this.#volatility.components;
    for (let k = 0; k < u.length; k++) u[k] = this.#checkpoints[run * CHECKPOINT + k] as number;
    const before = this.#checkpoints[run * CHECKPOINT + u.length] as number;
    factor.reach(run);
    factor.draws.draw(this.#random, days, run * RUN);
    this.#volatility.next(factor.draws, this.#sds);
    this.#fillReturns(run * RUN, before);
    if (run < this.#runsKnown) return;
    this.#noteQuarters(run * RUN, before);
    for (let k = 0; k < u.length; k++) this.#checkpoints.push(u[k] as number);
    this.#checkpoints.push(this.#logPrices[RUN - 1] as number);
    this.#runsKnown++;
  }

  /** Turns the draws of a run into returns and prices; `sds` holds log volatilities before. */
  #fillReturns(first: number, logPrice: number): void {
    const { factor } = this.#settings;
    const { gap: marketGap, session: marketSession, sessionSd, gapScale, logVolatility, draws } = factor;
    const { gap: gapDraws, session: sessionDraws } = draws;
    const [gaps, sessions, sds, logPrices] = [this.#gaps, this.#sessions, this.#sds, this.#logPrices];
    const beta = this.#beta;
    // Calm and nervous markets weigh on a stock's own returns too; the constant keeps their mean variance.
    const ownSd = this.#ownSd * Math.exp(factor.logVolatilityVariance / 4);
    for (let i = 0; i < RUN; i++) {
      const index = first + i;
      const own = ownSd * Math.exp((sds[i] as number) + 0.5 * (logVolatility[index] as number));
      const gapSd = own * (gapScale[index] as number);
      const gap = beta * (marketGap[index] as number) + gapSd * (gapDraws[i] as number);
      const session =
        beta * (marketSession[index] as number) + own * SESSION_SHARE * (sessionDraws[i] as number);
      const marketSd = beta * (sessionSd[index] as number);
      logPrice += gap + session;
      gaps[i] = gap;
      sessions[i] = session;
      sds[i] = Math.sqrt(marketSd * marketSd + own * own * (1 - OVERNIGHT_SHARE));
      logPrices[i] = logPrice;
    }
  }

  #noteQuarters(first: number, before: number): void {
    const { days } = this.#settings;
    for (;;) {
      const index = days.quarterStart(this.#quarterStarts.length);
      if (index >= first + RUN) return;
      const logPrice = index === first ? before : (this.#logPrices[index - first - 1] as number);
      this.#quarterStarts.push({ index, logPrice });
    }
  }
}
