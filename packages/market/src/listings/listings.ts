import { type ChunkFiller, textDictionary } from '@datagen/core/generator';
import type { MarketConfig } from '../market-config.ts';
import { type ListedSymbol, listedSymbols } from './listed-symbol.ts';
import { symbolsFiller } from './symbols-table.ts';

/** The listings in the two orders that tables have them in. */
export class Listings {
  /** In the order of the options, for `symbols`. */
  readonly inOrder: readonly ListedSymbol[];
  /** By ticker, as text sorts, for blocks. */
  readonly sorted: readonly ListedSymbol[];
  /** The tickers as `sorted` has them, and where each is. */
  readonly dictionary: ReturnType<typeof textDictionary>;
  readonly positions: ReadonlyMap<string, number>;
  readonly fillSymbols: ChunkFiller;

  constructor(config: MarketConfig) {
    this.inOrder = listedSymbols(config);
    this.sorted = [...this.inOrder].sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
    this.dictionary = textDictionary(this.sorted.map(({ symbol }) => symbol));
    this.positions = new Map(this.sorted.map(({ symbol }, i) => [symbol, i]));
    this.fillSymbols = symbolsFiller(this.inOrder);
  }
}
