import { BoundedCache } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { type Session, SESSION_LENGTHS } from '../exchange/exchange-calendar.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import type { DailyPrices } from '../prices/daily/daily-prices.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import type { MarketQuotesConfig } from './market-quotes-config.ts';
import { normalTable } from './normal-table.ts';
import { quoteBook, type QuoteDay } from './quote-book.ts';
import { quoteMids, strideFor } from './quote-mids.ts';
import { quoteSpreads, spreadShape } from './quote-spreads.ts';
import { lotsTable } from './quote-sizes.ts';
import { type TradeDay, tradeDay } from './trade-days.ts';
import type { QuoteTimes } from './quote-times.ts';

/** Makes the quotes of any symbol and session, in any order. */
export class QuoteDays {
  readonly #config: MarketQuotesConfig;
  readonly #daily: DailyPrices;
  readonly #path: MinutePath;
  readonly #times: QuoteTimes;
  readonly #spreadShapes = new BoundedCache<number, Float64Array>(SESSION_LENGTHS);
  /** Made with the first quotes; whoever only lists blocks needs none. */
  #tables: { readonly normals: Float64Array; readonly lots: Int32Array } | undefined;

  constructor(config: MarketQuotesConfig, times: QuoteTimes, daily: DailyPrices, path: MinutePath) {
    this.#config = config;
    this.#daily = daily;
    this.#path = path;
    this.#times = times;
  }

  /** The trades of a session, at its quotes. */
  trades(symbol: ListedSymbol, session: Session): TradeDay {
    const quotes = this.session(symbol, session);
    const stream = new RandomStream(this.#config.seed, 'trades', symbol.symbol, session.day);
    return tradeDay(this.#path.session(symbol, session), quotes, stream);
  }

  session(symbol: ListedSymbol, session: Session): QuoteDay {
    const { seed, spreadBps } = this.#config;
    const { normals, lots } = (this.#tables ??= makeTables());
    const stream = (column: string) => new RandomStream(seed, 'quotes', column, symbol.symbol, session.day);
    const bars = this.#path.session(symbol, session);
    const times = this.#times.session(symbol, session, bars);
    const meanTicks = (bars.open[0] as number) * spreadBps * 1e-4;
    const mids = quoteMids(times, bars, strideFor(times, bars, meanTicks), normals, stream('mid'));
    const shape = this.#spreadShapes.get(session.minutes, () =>
      spreadShape(this.#times.shapeOf(session.minutes)),
    );
    const spreads = quoteSpreads(times, shape, bars.nerves, meanTicks, normals, stream('spread'));
    const book = quoteBook(mids, spreads, normals, lots, stream('book'));
    return { times, ...book, lotSize: this.#daily.roundLotOn(symbol, session.day) };
  }
}

function makeTables() {
  return { normals: normalTable(), lots: lotsTable() };
}
