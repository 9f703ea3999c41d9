import { BoundedCache } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { type Session, SESSION_LENGTHS } from '../exchange/exchange-calendar.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import type { MarketQuotesConfig } from './market-quotes-config.ts';
import { normalTable } from './normal-table.ts';
import { quoteMids } from './quote-mids.ts';
import { quoteSpreads, spreadShape } from './quote-spreads.ts';
import { lotsTable } from './quote-sizes.ts';
import type { QuoteTimes } from './quote-times.ts';

/** The quotes of one symbol in one session. */
export interface QuoteDay {
  /** Microseconds after the open, strictly rising. */
  readonly times: Float64Array;
  /** Ticks. */
  readonly bids: Int32Array;
  /** Ask less bid in ticks, at least 1. */
  readonly spreads: Int32Array;
  /** Draws the lots at bid and ask: two numbers below `lots.length` give an equally likely one each. */
  readonly sizes: RandomStream;
  readonly lots: Int32Array;
}

/** Makes the quotes of any symbol and session, in any order. */
export class QuoteDays {
  readonly #config: MarketQuotesConfig;
  readonly #path: MinutePath;
  readonly #times: QuoteTimes;
  readonly #spreadShapes = new BoundedCache<number, Float64Array>(SESSION_LENGTHS);
  /** Made with the first quotes; whoever only lists blocks needs none. */
  #tables: { readonly normals: Float64Array; readonly lots: Int32Array } | undefined;

  constructor(config: MarketQuotesConfig, times: QuoteTimes, path: MinutePath) {
    this.#config = config;
    this.#path = path;
    this.#times = times;
  }

  session(symbol: ListedSymbol, session: Session): QuoteDay {
    const { seed, spreadBps } = this.#config;
    const { normals, lots } = (this.#tables ??= makeTables());
    const stream = (column: string) => new RandomStream(seed, 'quotes', column, symbol.symbol, session.day);
    const bars = this.#path.session(symbol, session);
    const times = this.#times.session(symbol, session);
    const mids = quoteMids(times, bars, normals, stream('mid'));
    const meanTicks = (bars.open[0] as number) * spreadBps * 1e-4;
    const shape = this.#spreadShapes.get(session.minutes, () =>
      spreadShape(this.#times.shapeOf(session.minutes)),
    );
    const spreads = quoteSpreads(times, shape, meanTicks, normals, stream('spread'));
    const bids = new Int32Array(times.length);
    for (let i = 0; i < bids.length; i++) {
      // Rounds: bids are positive.
      const bid = ((mids[i] as number) - (spreads[i] as number) / 2 + 0.5) | 0;
      bids[i] = bid < 1 ? 1 : bid;
    }
    return { times, bids, spreads, sizes: stream('size'), lots };
  }
}

function makeTables() {
  const normals = normalTable();
  return { normals, lots: lotsTable(normals) };
}
