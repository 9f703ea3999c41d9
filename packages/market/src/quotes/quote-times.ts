import { BoundedCache, MINUTE_MS } from '@datagen/core/generator';
import { HawkesProcess, KeyedRandom, RandomStream } from '@datagen/core/random';
import { type ExchangeCode, type Session, SESSION_LENGTHS } from '../exchange/exchange-calendar.ts';
import { intradayShape } from '../exchange/intraday-shape.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { MOST_SYMBOLS } from '../market-config.ts';
import type { MinuteBars } from '../prices/minutes/minute-bars.ts';
import { ROWS_PER_DAY } from '../prices/minutes/draw-rows.ts';
import type { MarketQuotesConfig } from './market-quotes-config.ts';

const { abs, exp, floor, min, sqrt } = Math;

/** Share of quotes that answer an earlier quote; fits to futures and currencies give 0.3 to 0.8. */
const BRANCHING_RATIO = 0.7;
/** Of a symbol's quotes per minute, the standard deviation of the logarithm. */
const SYMBOL_SD = 0.4;
/** Activity within a day: an autoregression of a quarter of an hour, of its logarithm, on a flatter U than that of volume. */
const STATE_SD = 0.25;
const STATE_PHI = exp(-1 / 15);
const STATE_STEP = sqrt(1 - STATE_PHI * STATE_PHI);
const SHAPE_EXPONENT = 0.75;
/** How the logarithm of activity follows that of volatility, and a minute's move in standard deviations. */
const BY_VOLATILITY = 0.3;
const BY_MOVE = 0.15;
const LARGEST_MOVE = 4;
const MINUTE_SECONDS = MINUTE_MS / 1000;

/** When quotes come: bursts on bursts (a Hawkes process), more of them after the open and before the close. */
export class QuoteTimes {
  readonly #process = new HawkesProcess({
    branchingRatio: BRANCHING_RATIO,
    kernel: [
      { weight: 0.58, meanDelay: 0.1 },
      { weight: 0.27, meanDelay: 2 },
      { weight: 0.15, meanDelay: 30 },
    ],
    maxClusterSpan: 590,
    blockLength: MINUTE_SECONDS,
  });
  readonly #seed: number;
  readonly #exchange: ExchangeCode;
  readonly #quotesPerMinute: number;
  readonly #rates = new BoundedCache<string, number>(MOST_SYMBOLS);
  readonly #shapes = new BoundedCache<number, Float64Array>(SESSION_LENGTHS);

  constructor(config: Pick<MarketQuotesConfig, 'seed' | 'exchange' | 'quotesPerMinute'>) {
    this.#seed = config.seed;
    this.#exchange = config.exchange;
    this.#quotesPerMinute = config.quotesPerMinute;
  }

  /** Mean number of quotes of a symbol per minute of a session; the number of a day varies by some percent. */
  quotesPerMinute(symbol: string): number {
    return this.#rates.get(symbol, () => {
      const trait = new KeyedRandom('market', 'quotes per minute', symbol).normal(0);
      return this.#quotesPerMinute * exp(SYMBOL_SD * trait - 0.5 * SYMBOL_SD * SYMBOL_SD);
    });
  }

  /** Microseconds after the open, whole and strictly rising; `bars` are the minutes of the session. */
  session({ symbol }: ListedSymbol, { day, minutes }: Session, bars: MinuteBars): Float64Array {
    const weights = this.#minuteWeights(symbol, day, minutes, bars);
    const rate = (this.quotesPerMinute(symbol) / MINUTE_SECONDS) * (1 - BRANCHING_RATIO);
    const times = this.#process.events(
      0,
      minutes,
      // Before the open, quotes are prepared as busily as after it.
      (minute) => rate * (weights[minute < 0 ? 0 : minute] as number),
      (minute) => new RandomStream(this.#seed, 'quotes', 'ts', symbol, day, minute),
    );
    let last = -1;
    for (let i = 0; i < times.length; i++) {
      const micros = floor((times[i] as number) * 1e6);
      last = micros > last ? micros : last + 1;
      times[i] = last;
    }
    return times;
  }

  /** The activity of each minute over the mean of the session: more where the price is nervous, and where it moves. */
  #minuteWeights(
    symbol: string,
    day: number,
    minutes: number,
    { open, close, sigma, nerves }: MinuteBars,
  ): Float64Array {
    const shape = this.shapeOf(minutes);
    const random = new KeyedRandom(this.#seed, 'market', 'quote activity', symbol);
    const first = day * ROWS_PER_DAY;
    const weights = new Float64Array(minutes);
    let state = random.normal(first, 1);
    let total = 0;
    for (let i = 0; i < minutes; i++) {
      const sd = (sigma[i] as number) * (close[i] as number);
      const move = abs((close[i] as number) - (open[i] as number)) / sd;
      const activity =
        STATE_SD * state + BY_VOLATILITY * (nerves[i] as number) + BY_MOVE * min(move, LARGEST_MOVE);
      total += weights[i] = (shape[i] as number) * exp(activity);
      state = STATE_PHI * state + STATE_STEP * random.normal(first + i);
    }
    for (let i = 0; i < minutes; i++) weights[i] = ((weights[i] as number) * minutes) / total;
    return weights;
  }

  /** The usual activity of each minute of a session, relative. */
  shapeOf(minutes: number): Float64Array {
    return this.#shapes.get(minutes, () =>
      intradayShape(this.#exchange, minutes).logVolume.map((x) => exp(SHAPE_EXPONENT * x)),
    );
  }
}
