import {
  category,
  type ChunkFiller,
  column,
  decimal,
  defineTable,
  firstRowOf,
  int32,
  rowBlocks,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { PRICE_SCALE, PRICE_UNITS } from './price-units.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import type { Listings } from './listings.ts';

const symbolsTable = defineTable({
  name: 'symbols',
  description: 'A listed share.',
  primaryKey: ['symbol'],
  columns: [
    column('symbol', text(), 'Ticker; unique', { distinct: true }),
    column('name', text(), 'Invented name of the company', { distinct: true }),
    column('exchange', category(), 'Exchange it is traded at, ISO 10383 code'),
    column('sector', category(), 'Sector of the Global Industry Classification Standard (GICS)'),
    column('currency', category(), 'Currency of its prices, ISO 4217 code'),
    column('tick_size', decimal(12, PRICE_SCALE), 'Smallest step of its prices'),
    column('lot_size', int32(), 'Shares of a round lot'),
    column('base_price', decimal(12, PRICE_SCALE), 'Price near the close of `priceAnchorDate`'),
  ],
});

/** The table `symbols`: all listings in the order of the options, whatever the window. */
export function symbolsSource({ inOrder }: Listings): TableSource {
  const fill = symbolsFiller(inOrder);
  return {
    table: symbolsTable,
    blocks: (_, wanted) => rowBlocks(inOrder.length, wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: Math.min(block.rowCount, inOrder.length - firstRow),
        fill: (builder, start) => {
          fill(builder, firstRow + start);
        },
      };
    },
  };
}

/** Writes any rows of the listings. Make it once: batches share its dictionaries. */
function symbolsFiller(symbols: readonly ListedSymbol[]): ChunkFiller {
  const categories = (['exchange', 'sector', 'currency'] as const).map((name) => {
    const known = [...new Set(symbols.map((row) => row[name]))].sort();
    return { name, known, dictionary: textDictionary(known) };
  });
  return (builder, start) => {
    const rows = symbols.slice(start, start + builder.length);
    for (const name of ['symbol', 'name'] as const) {
      const texts = builder.utf8(name);
      for (const row of rows) {
        texts.appendText(row[name]);
        texts.endRow();
      }
    }
    for (const { name, known, dictionary } of categories) {
      const { indexes } = builder.dictionary(name, dictionary);
      rows.forEach((row, i) => (indexes[i] = known.indexOf(row[name])));
    }
    const tickSizes = builder.decimal('tick_size');
    const lotSizes = builder.int32('lot_size').values;
    const basePrices = builder.decimal('base_price');
    rows.forEach((row, i) => {
      tickSizes.set(i, Math.round(row.tickSize * PRICE_UNITS));
      lotSizes[i] = row.lotSize;
      basePrices.set(i, Math.round(row.basePrice * PRICE_UNITS));
    });
  };
}
