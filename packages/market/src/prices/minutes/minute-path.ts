import { BoundedCache } from '@datagen/core/generator';
import { bridgeTo, KeyedRandom } from '@datagen/core/random';
import { type CalendarVolume, calendarVolume } from '../../exchange/calendar-volume.ts';
import { type ExchangeCalendar, type Session, SESSION_LENGTHS } from '../../exchange/exchange-calendar.ts';
import { type IntradayShape, intradayShape } from '../../exchange/intraday-shape.ts';
import { type ListedSymbol, SECTOR_NAMES } from '../../listings/listed-symbol.ts';
import { HIGHEST_PRICE } from '../../listings/price-units.ts';
import { MOST_SYMBOLS } from '../../market-config.ts';
import type { DailyPrices, PriceConfig } from '../daily/daily-prices.ts';
import type { TradingDay } from '../daily/price-history.ts';
import { CommonMinutes } from './common-minutes.ts';
import { moodVolume, VolumeMood } from './day-volume.ts';
import { DAY_ROW, ROWS_PER_DAY } from './draw-rows.ts';
import { MinuteBars } from './minute-bars.ts';
import { MinuteDraws } from './minute-draws.ts';
import { addCommonMoves } from './minute-moves.ts';
import { drawExtremes, drawSteps, type Extremes, fillPrices } from './minute-prices.ts';
import { drawStates, shareVariance } from './minute-volatility.ts';
import { drawLogVolume, drawTrades, fillVolume, MINUTE_CENTER, tradesOf } from './minute-volume.ts';

const { abs, exp, log, max, min, round } = Math;

/** How a day's volume follows its volatility, of logarithms. */
const VOLUME_BY_DAY = 0.35;
/** How it follows the size of the day's move, in standard deviations of its session up to the second, less the mean size. */
const VOLUME_BY_MOVE = 0.03;
const LARGEST_MOVE = 4;
const MEAN_MOVE = 0.9;
/** Of what expiries and index funds trade, the part at the close; the rest comes at the open. */
const AT_THE_CLOSE = 0.85;
/** What part of common news is still to come after a minute: less for shares that are traded much. */
const LAG = 0.56;
const LAG_BY_TURNOVER = 0.06;
const [LEAST_LAG, MOST_LAG] = [0.4, 0.8];

/**
 * The prices of all symbols by the minute, on the way that their daily prices set. Any session can be asked for in any
 * order; its minutes are worked out each time.
 */
export class MinutePath {
  readonly #config: PriceConfig;
  readonly #calendar: ExchangeCalendar;
  readonly #daily: DailyPrices;
  readonly #common: CommonMinutes;
  readonly #marketMood: VolumeMood;
  readonly #traits = new BoundedCache<string, Traits>(MOST_SYMBOLS);
  readonly #shapes = new BoundedCache<number, IntradayShape>(SESSION_LENGTHS);
  #scratch: Scratch | undefined;
  #volumeDay = NaN;
  #calendarVolume: CalendarVolume = { usual: 1, auctions: 0 };

  constructor(config: PriceConfig, calendar: ExchangeCalendar, daily: DailyPrices) {
    this.#config = config;
    this.#calendar = calendar;
    this.#daily = daily;
    const { seed } = config;
    this.#common = new CommonMinutes(seed, SECTOR_NAMES);
    this.#marketMood = new VolumeMood(seed, 'market', 'volume mood');
  }

  /** The minutes of a session; valid until those of another are asked for. */
  session(symbol: ListedSymbol, session: Session): MinuteBars {
    const { day, minutes } = session;
    const scratch = this.#scratchOf(minutes);
    const { bars } = scratch;
    if (scratch.symbol === symbol.symbol && scratch.day === day) return bars;
    const { random, lag } = this.#traitsOf(symbol);
    const today = this.#daily.on(symbol, day);
    const shape = this.#shapeOf(minutes);
    const first = day * ROWS_PER_DAY;
    const dayRow = first + DAY_ROW;
    const { draws, shares, steps, extremes, logShares } = scratch;
    const states = bars.nerves;
    draws.draw(random, first);

    bars.tickSize = symbol.tickSize;
    bars.shareFactor = today.shareFactor;
    const nerves = this.#common.nerves(day, minutes);
    drawStates(states, draws, random.normal(dayRow, 0), random.normal(dayRow, 1), nerves);
    shareVariance(shares, states, shape.variance);
    addCommonMoves(draws.step, draws, {
      market: this.#common.news(day, minutes).byMinute,
      sector: this.#common.sectorNews(symbol.sector, day, minutes).byMinute,
      marketPart: today.marketPart,
      sectorPart: today.sectorPart,
      lag,
      before: [random.normal(dayRow, 3), random.normal(dayRow, 4)],
    });
    drawSteps(steps, bars.sigma, shares, draws.step, today.sessionSd);
    bridgeTo(today.sessionReturn, steps, shares);
    drawExtremes(extremes, draws, steps, bars.sigma);
    const highest = round(HIGHEST_PRICE / symbol.tickSize);
    const open = min((today.previousClose * exp(today.gap)) / symbol.tickSize, highest);
    // The last bits of what draws the low move it by less than a part in 65,536.
    fillPrices(bars, steps, extremes, draws.low, open, highest);
    const { auctions } = this.#calendarOf(session);
    const logDay = this.#logVolume(symbol, session, today) + MINUTE_CENTER;
    drawLogVolume(logShares, draws, states, shape.logVolume, logDay);
    const atOpen = addAuction(logShares, 0, shape, shape.openAuction, auctions * (1 - AT_THE_CLOSE));
    const atClose = addAuction(logShares, minutes - 1, shape, shape.closeAuction, auctions * AT_THE_CLOSE);
    fillVolume(bars.volume, logShares);
    bars.openAuction = round(atOpen * (bars.volume[0] as number));
    bars.closeAuction = round(atClose * (bars.volume[minutes - 1] as number));
    drawTrades(bars, draws);
    scratch.symbol = symbol.symbol;
    scratch.day = day;
    return bars;
  }

  /** About how many trades a symbol has in a session. */
  usualTrades(symbol: ListedSymbol, session: Session): number {
    const shape = this.#shapeOf(session.minutes);
    const shares = exp(this.#logVolume(symbol, session, this.#daily.on(symbol, session.day)));
    return round(shape.volume.reduce((sum, share) => sum + tradesOf(shares * share), 0));
  }

  /** The logarithm of the shares that a symbol trades in a session, but for the noise of its minutes. */
  #logVolume(symbol: ListedSymbol, session: Session, today: TradingDay): number {
    const { logDailyVolume, mood } = this.#traitsOf(symbol);
    return (
      logDailyVolume +
      log(today.shareFactor) +
      VOLUME_BY_DAY * log(today.relativeSd) +
      VOLUME_BY_MOVE *
        (min(abs(today.gap + today.sessionReturn) / today.sessionSd, LARGEST_MOVE) - MEAN_MOVE) +
      log(this.#calendarOf(session).usual) +
      today.newsVolume +
      moodVolume(this.#marketMood.at(today.index), mood.at(today.index), mood.noiseAt(today.index))
    );
  }

  #shapeOf(minutes: number): IntradayShape {
    return this.#shapes.get(minutes, () => intradayShape(this.#config.exchange, minutes));
  }

  #traitsOf({ symbol, basePrice }: ListedSymbol): Traits {
    return this.#traits.get(symbol, () => {
      const { seed } = this.#config;
      // Turnover of 150 million a day at the median, ten times that for one in a hundred.
      const turnover = new KeyedRandom('market', 'turnover', symbol).normal(0);
      return {
        random: new KeyedRandom(seed, 'market', 'minutes', symbol),
        logDailyVolume: log(150e6) + turnover - log(basePrice),
        mood: new VolumeMood(seed, 'market', 'volume mood', symbol),
        lag: min(max(LAG - LAG_BY_TURNOVER * turnover, LEAST_LAG), MOST_LAG),
      };
    });
  }

  /** What the calendar says of a session; the last one is kept. */
  #calendarOf(session: Session): CalendarVolume {
    if (this.#volumeDay !== session.day) {
      this.#volumeDay = session.day;
      this.#calendarVolume = calendarVolume(this.#calendar, session);
    }
    return this.#calendarVolume;
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
    [this.shares, this.steps] = [column(), column()];
    this.logShares = column();
    this.extremes = { up: column(), down: column() };
  }
}

/** What is a symbol's own, whatever the day. */
interface Traits {
  readonly random: KeyedRandom;
  /** Logarithm of the mean number of shares traded in a day. */
  readonly logDailyVolume: number;
  /** Of its volume, from day to day. */
  readonly mood: VolumeMood;
  /** What part of common news is still to come after a minute. */
  readonly lag: number;
}

/**
 * Adds what is traded at once, `more` of a plain day's volume, to the logarithms of a minute's volume, of which an
 * auction has `usual` of the day; returns the auction's part of the minute.
 */
function addAuction(
  logShares: Float64Array,
  minute: number,
  { volume }: IntradayShape,
  usual: number,
  more: number,
): number {
  const plain = volume[minute] as number;
  logShares[minute] = (logShares[minute] as number) + log(1 + more / plain);
  return (usual + more) / (plain + more);
}
