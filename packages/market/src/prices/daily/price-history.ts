import { KeyedRandom } from '@datagen/core/random';
import type { CommonFactor } from './common-factor.ts';
import { companyCalendar } from './company-calendar.ts';
import { RUN } from './daily-draws.ts';
import { Dividends } from './dividends.ts';
import type { EarningsDays } from './earnings-days.ts';
import { EarningsMoves } from './earnings-moves.ts';
import { type Factors, sectorShare } from './factors.ts';
import { LogVolatility } from './log-volatility.ts';
import { OVERNIGHT_SHARE } from './overnight.ts';
import { type Split, SplitHistory } from './splits.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

/** What a day holds for one symbol before its minutes are drawn. Returns are log returns. */
export interface TradingDay {
  /** Its place among the days of the exchange. */
  readonly index: number;
  /** Price of the close before, in the shares of the day. */
  readonly previousClose: number;
  readonly gap: number;
  readonly sessionReturn: number;
  /** Standard deviation of the session's return, given the day's volatility. */
  readonly sessionSd: number;
  /** `sessionSd` over what it is on average in a session as long. */
  readonly relativeSd: number;
  /** Parts of `sessionSd` that are the market's and the sector's: correlations with them, given the day's volatility. */
  readonly marketPart: number;
  readonly sectorPart: number;
  /** What news of earnings, that day or some days before, add to the logarithm of volume. */
  readonly newsVolume: number;
  /** Shares of the day per share of the anchor date: 2 before the anchor becomes 1 where it was split 1:2. */
  readonly shareFactor: number;
}

const IDIOSYNCRATIC = [0.16, 0.23, 0.3, 0.38] as const;
const MARKET_SESSION = Math.sqrt(1 - OVERNIGHT_SHARE);
/** Of a stock's own variance on plain days, the part between sessions: with the news of earnings, it is as for all. */
const OWN_OVERNIGHT = 0.06;
const OWN_GAP = Math.sqrt(OWN_OVERNIGHT);
const OWN_SESSION = Math.sqrt(1 - OWN_OVERNIGHT);
const DAYS_PER_YEAR = 252;
const NO_QUARTER = -1_000;
/** Numbers of a checkpoint: the components of volatility, then the log price. */
const CHECKPOINT = 5;

/** What the histories of all symbols share. */
export interface HistorySettings {
  readonly seed: number;
  readonly days: TradingDays;
  readonly factors: Factors;
  /** Daily standard deviation of the part of a return that is the stock's own. */
  readonly ownSd: number;
  /** The last trading day up to `priceAnchorDate`. */
  readonly anchorIndex: number;
}

/**
 * The daily returns of one symbol from 2000 on: β times the market's, a part of its sector's, its own, news of its
 * earnings and what its dividends take away. A prefix sum: the first question runs through all days up to the one asked
 * for (a millisecond for 25 years), later ones redo 64 at most.
 */
export class PriceHistory {
  readonly #settings: HistorySettings;
  readonly #symbol: ListedSymbol;
  readonly #random: KeyedRandom;
  readonly #volatility = new LogVolatility(IDIOSYNCRATIC, 0.26, -0.03);
  readonly #beta: number;
  readonly #sector: CommonFactor;
  readonly #sectorSd: number;
  readonly #ownSd: number;
  readonly #meanSessionSd: number;
  readonly #moves: EarningsMoves;
  readonly #earnings: EarningsDays;
  readonly #dividends: Dividends;
  readonly #checkpoints: number[] = [];
  /** Log prices at the close before each quarter, by the index of its first day. */
  readonly #quarterStarts: { index: number; logPrice: number }[] = [];
  readonly #gaps = new Float64Array(RUN);
  readonly #sessions = new Float64Array(RUN);
  readonly #sds = new Float64Array(RUN);
  readonly #logPrices = new Float64Array(RUN);
  /** Of the days of a run: jumps at the open, and what the own standard deviation of the session is multiplied by. */
  readonly #jumps = new Float64Array(RUN);
  readonly #ownScales = new Float64Array(RUN);
  /** The quarter whose dividend a day is the first without, or `NO_QUARTER`. */
  readonly #exQuarters = new Int32Array(RUN);
  readonly #splits: SplitHistory;
  #loadedRun = -1;
  #runsKnown = 0;
  #anchorLogPrice = 0;
  #meanCloseFrom = -1;
  #meanClose = 0;

  constructor(settings: HistorySettings, symbol: ListedSymbol) {
    this.#settings = settings;
    this.#symbol = symbol;
    this.#random = new KeyedRandom(settings.seed, 'market', 'daily', symbol.symbol);
    const traits = new KeyedRandom(settings.seed, 'market', 'traits', symbol.symbol);
    // Betas of large companies: most between 0.6 and 1.6.
    this.#beta = Math.min(Math.max(1 + 0.27 * traits.normal(0), 0.45), 1.8);
    const share = sectorShare(symbol.sector);
    const apartSd = settings.ownSd * Math.exp(0.2 * traits.normal(1) - 0.04);
    const { market } = settings.factors;
    this.#sector = settings.factors.sector(symbol.sector);
    this.#sectorSd = apartSd * Math.sqrt(share);
    this.#moves = new EarningsMoves(settings.seed, symbol.symbol, apartSd * Math.sqrt(1 - share));
    this.#ownSd = this.#moves.plainSd;
    const marketSd = MARKET_SESSION * market.dailySd * this.#beta;
    const sectorSd = MARKET_SESSION * this.#sectorSd;
    const ownSd = OWN_SESSION * this.#ownSd;
    this.#meanSessionSd = Math.sqrt(marketSd * marketSd + sectorSd * sectorSd + ownSd * ownSd);
    const { earnings, dividends } = companyCalendar(settings.seed, symbol, settings.days);
    [this.#earnings, this.#dividends] = [earnings, dividends];
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
    const { market } = this.#settings.factors;
    return {
      index,
      previousClose: (this.#symbol.basePrice * Math.exp(logPrice)) / shareFactor,
      gap,
      sessionReturn,
      sessionSd,
      relativeSd: sessionSd / (this.#meanSessionSd * (market.scales.session[index] as number)),
      marketPart: (this.#beta * (market.sessionSd[index] as number)) / sessionSd,
      sectorPart: (this.#sectorSd * (this.#sector.sessionSd[index] as number)) / sessionSd,
      newsVolume: this.#moves.logVolume(this.#earnings, index),
      shareFactor,
    };
  }

  /** The mean of the closes from index `from` to `end - 1`, each in the shares of its day; the last one is kept. */
  meanClose(from: number, end: number): number {
    if (this.#meanCloseFrom !== from) {
      this.#meanCloseFrom = from;
      let sum = 0;
      for (let index = from; index < end; index++) {
        const { previousClose, gap, sessionReturn } = this.dayAt(index);
        sum += previousClose * Math.exp(gap + sessionReturn);
      }
      this.#meanClose = sum / (end - from);
    }
    return this.#meanClose;
  }

  /** The dividend that a share first lacks in the session of an index, in units of the currency, if it does. */
  dividendOn(index: number): number | undefined {
    const quarter = this.#dividends.exQuarter(index);
    if (quarter === undefined) return undefined;
    const { previousClose, gap, sessionReturn } = this.dayAt(index);
    const logPrice = (this.#logPrices[index % RUN] as number) - gap - sessionReturn;
    return previousClose * this.#dividends.partOfPrice(this.#setPrice(quarter) - logPrice);
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
    const { days, factors } = this.#settings;
    const u = this.#volatility.components;
    for (let k = 0; k < u.length; k++) u[k] = this.#checkpoints[run * CHECKPOINT + k] as number;
    const before = this.#checkpoints[run * CHECKPOINT + u.length] as number;
    // Draws of a run lie in memory that factors use, too: theirs come first.
    this.#sector.reach(run);
    factors.market.reach(run);
    const { draws } = factors.market;
    draws.draw(this.#random, days, run * RUN);
    this.#volatility.next(draws, this.#sds);
    this.#fillNews(run * RUN);
    this.#fillReturns(run * RUN, before);
    if (run < this.#runsKnown) return;
    this.#noteQuarters(run * RUN, before);
    for (let k = 0; k < u.length; k++) this.#checkpoints.push(u[k] as number);
    this.#checkpoints.push(this.#logPrices[RUN - 1] as number);
    this.#runsKnown++;
  }

  /** Puts the news of a run of days in place. */
  #fillNews(first: number): void {
    this.#jumps.fill(0);
    this.#ownScales.fill(1);
    for (const news of this.#earnings.between(Math.max(first - 1, 0), first + RUN - 1)) {
      const at = news.index - first;
      if (at >= 0) {
        this.#jumps[at] = this.#moves.jump(news);
        this.#ownScales[at] = EarningsMoves.DAY_SCALE;
      }
      if (at + 1 < RUN) this.#ownScales[at + 1] = EarningsMoves.NEXT_DAY_SCALE;
    }
    this.#exQuarters.fill(NO_QUARTER);
    const { days } = this.#settings;
    for (let quarter = days.quarterAt(first); quarter <= days.quarterAt(first + RUN - 1); quarter++) {
      const at = (this.#dividends.exIndexOf(quarter) ?? -1) - first;
      if (at >= 0 && at < RUN) this.#exQuarters[at] = quarter;
    }
  }

  /** Turns the draws of a run into returns and prices; `sds` holds log volatilities before. */
  #fillReturns(first: number, logPrice: number): void {
    const { market } = this.#settings.factors;
    const { gap: marketGap, session: marketSession, sessionSd, logVolatility, draws, scales } = market;
    const { gap: sectorGap, session: sectorSession, sessionSd: sectorSessionSd } = this.#sector;
    const { gap: gapDraws, session: sessionDraws } = draws;
    const [gaps, sessions, sds, logPrices] = [this.#gaps, this.#sessions, this.#sds, this.#logPrices];
    const [jumps, ownScales, exQuarters] = [this.#jumps, this.#ownScales, this.#exQuarters];
    const [beta, sector] = [this.#beta, this.#sectorSd];
    // Calm and nervous markets weigh on a stock's own returns too; the constant keeps their mean variance.
    const ownSd = this.#ownSd * Math.exp(market.logVolatilityVariance / 4);
    // What dividends take away, a stock earns in between.
    const drift = this.#dividends.dividendYield / DAYS_PER_YEAR;
    for (let i = 0; i < RUN; i++) {
      const index = first + i;
      const own = ownSd * Math.exp((sds[i] as number) + 0.5 * (logVolatility[index] as number));
      const gapSd = own * OWN_GAP * (scales.gap[index] as number);
      const ownSession = own * OWN_SESSION * (scales.session[index] as number) * (ownScales[i] as number);
      const gap =
        beta * (marketGap[index] as number) +
        sector * (sectorGap[index] as number) +
        gapSd * (gapDraws[i] as number) +
        (jumps[i] as number) -
        this.#loss(exQuarters[i] as number, logPrice);
      const session =
        beta * (marketSession[index] as number) +
        sector * (sectorSession[index] as number) +
        ownSession * (sessionDraws[i] as number) +
        drift;
      const marketSd = beta * (sessionSd[index] as number);
      const sectorSd = sector * (sectorSessionSd[index] as number);
      logPrice += gap + session;
      gaps[i] = gap;
      sessions[i] = session;
      sds[i] = Math.sqrt(marketSd * marketSd + sectorSd * sectorSd + ownSession * ownSession);
      logPrices[i] = logPrice;
    }
  }

  /** What the log price of a close loses by the dividend of a quarter. */
  #loss(quarter: number, logPrice: number): number {
    if (quarter === NO_QUARTER) return 0;
    return Dividends.loss(this.#dividends.partOfPrice(this.#setPrice(quarter) - logPrice));
  }

  /** The log price that the dividends of a quarter's year were set from. */
  #setPrice(quarter: number): number {
    // That at the start of the last quarter of the year before: earlier than any run that asks for it.
    return this.#quarterStarts[Math.floor((quarter + 1) / 4) * 4 - 2]?.logPrice ?? 0;
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
