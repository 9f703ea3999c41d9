import { RandomStream } from '@datagen/core/random';
import type { Session } from '../exchange/exchange-calendar.ts';
import { MinutePath } from '../prices/minutes/minute-path.ts';
import type { MarketQuotesConfig } from './market-quotes-config.ts';
import { quoteMids } from './quote-mids.ts';
import { quoteSpreads, spreadShape } from './quote-spreads.ts';
import type { QuoteTimes } from './quote-times.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';

/** The quotes of one symbol in one session. */
export interface QuoteDay {
  /** Microseconds after the open, strictly rising. */
  readonly times: Float64Array;
  /** Ticks. */
  readonly bids: Int32Array;
  /** Ask less bid in ticks, at least 1. */
  readonly spreads: Int32Array;
}

/** Makes the quotes of any symbol and session, in any order. */
export class QuoteDays {
  readonly #config: MarketQuotesConfig;
  readonly #path: MinutePath;
  readonly #times: QuoteTimes;
  readonly #spreadShapes = new Map<number, Float64Array>();

  constructor(config: MarketQuotesConfig, times: QuoteTimes) {
    this.#config = config;
    this.#path = new MinutePath(config);
    this.#times = times;
  }

  session(symbol: ListedSymbol, session: Session): QuoteDay {
    const { seed, spreadBps } = this.#config;
    const stream = (column: string) => new RandomStream(seed, 'quotes', column, symbol.symbol, session.day);
    const bars = this.#path.session(symbol, session);
    const times = this.#times.session(symbol, session);
    const mids = quoteMids(times, bars, stream('mid'));
    const meanTicks = (bars.open[0] as number) * spreadBps * 1e-4;
    const spreads = quoteSpreads(times, this.#spreadShapeOf(session.minutes), meanTicks, stream('spread'));
    const bids = new Int32Array(times.length);
    for (let i = 0; i < bids.length; i++) {
      // Rounds: bids are positive.
      const bid = ((mids[i] as number) - (spreads[i] as number) / 2 + 0.5) | 0;
      bids[i] = bid < 1 ? 1 : bid;
    }
    return { times, bids, spreads };
  }

  #spreadShapeOf(minutes: number): Float64Array {
    let shape = this.#spreadShapes.get(minutes);
    if (shape === undefined) {
      shape = spreadShape(this.#times.shapeOf(minutes));
      this.#spreadShapes.set(minutes, shape);
    }
    return shape;
  }
}
