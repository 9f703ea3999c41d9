import {
  type BatchBuilder,
  category,
  column,
  dayOf,
  decimal,
  defineTable,
  int32,
  parseDay,
  rowsSource,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { PRICE_SCALE, PRICE_UNITS } from './price-units.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import type { Listings } from './listings.ts';
import { roundLot } from './round-lots.ts';

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
    column('lot_size', int32(), 'Shares of a round lot on `priceAnchorDate`'),
    column('base_price', decimal(12, PRICE_SCALE), 'Price near the close of `priceAnchorDate`'),
    column('isin', text(), 'Invented security number (ISIN, ISO 6166) with a valid check digit', {
      distinct: true,
    }),
    column('figi', text(), 'Invented Financial Instrument Global Identifier with a valid check digit', {
      distinct: true,
    }),
  ],
});

/** The table `symbols`: all listings in the order of the options, whatever the window. */
export function symbolsSource({ inOrder }: Listings, priceAnchorDate: string): TableSource {
  const anchorDay = dayOf(parseDay(priceAnchorDate, 'priceAnchorDate'));
  return rowsSource(symbolsTable, inOrder.length, symbolsFiller(inOrder, anchorDay));
}

/** Writes any rows of the listings. Make it once: batches share its dictionaries. */
function symbolsFiller(
  symbols: readonly ListedSymbol[],
  anchorDay: number,
): (builder: BatchBuilder, firstRow: number) => void {
  const categories = (['exchange', 'sector', 'currency'] as const).map((name) => {
    const known = [...new Set(symbols.map((row) => row[name]))].sort();
    return { name, known, dictionary: textDictionary(known) };
  });
  return (builder, firstRow) => {
    const rows = symbols.slice(firstRow, firstRow + builder.length);
    for (const name of ['symbol', 'name', 'isin', 'figi'] as const) {
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
      lotSizes[i] = roundLot(row.exchange, anchorDay, row.basePrice);
      basePrices.set(i, Math.round(row.basePrice * PRICE_UNITS));
    });
  };
}
