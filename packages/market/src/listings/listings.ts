import { type Block, type BlockFilter, textDictionary } from '@datagen/core/generator';
import type { MarketConfig } from '../market-config.ts';
import { type ListedSymbol, listedSymbols } from './listed-symbol.ts';

/** A listing, and its place among all of them by ticker. */
export interface ListingAt {
  readonly listing: ListedSymbol;
  readonly position: number;
}

/** The listings of a dataset in the two orders that tables have them in. */
export class Listings {
  /** In the order of the options, for `symbols`. */
  readonly inOrder: readonly ListedSymbol[];
  /** By ticker, as text sorts, for blocks. */
  readonly sorted: readonly ListedSymbol[];
  /** The tickers as `sorted` has them. */
  readonly dictionary: ReturnType<typeof textDictionary>;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(config: Pick<MarketConfig, 'symbols' | 'nSymbols' | 'exchange'>) {
    this.inOrder = listedSymbols(config);
    this.sorted = [...this.inOrder].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    this.dictionary = textDictionary(this.sorted.map(({ symbol }) => symbol));
    this.#positions = new Map(this.sorted.map(({ symbol }, i) => [symbol, i]));
  }

  /** The listings, by ticker, whose blocks a caller wants. */
  wanted({ values }: BlockFilter = {}): readonly ListedSymbol[] {
    const symbol = values?.['symbol'];
    if (symbol === undefined) return this.sorted;
    const position = this.#positions.get(String(symbol));
    return position === undefined ? [] : this.sorted.slice(position, position + 1);
  }

  /** The listing of a block that holds one symbol. */
  of({ values }: Block): ListingAt {
    const position = this.#positions.get(String(values?.['symbol'])) as number;
    return { listing: this.sorted[position] as ListedSymbol, position };
  }
}
