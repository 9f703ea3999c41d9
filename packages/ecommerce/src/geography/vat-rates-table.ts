import {
  type BatchBuilder,
  category,
  column,
  decimal,
  defineTable,
  once,
  rowsSource,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import { readCatalogue } from '../word-lists.ts';
import { COUNTRIES, type CountryCode } from './countries.ts';

const vatRatesTable = defineTable({
  name: 'vat_rates',
  description: 'The rate of the value added tax that prices of a category hold in a country.',
  primaryKey: ['country', 'category'],
  sortedBy: ['country', 'category'],
  columns: [
    column('country', category(), 'Where the customer lives, ISO 3166 code'),
    column('category', category(), 'Category of the product'),
    column('vat_rate', decimal(4, 2), 'Per cent of the net price; prices of the shop include it'),
  ],
});

/** Rates of 2025 in per cent: standard, of printed books and of food (European Commission, TEDB; Swiss FTA). */
const RATES: Readonly<Record<CountryCode, readonly [standard: number, books: number, groceries: number]>> = {
  DE: [19, 7, 7],
  FR: [20, 5.5, 5.5],
  ES: [21, 4, 10],
  IT: [22, 4, 10],
  PL: [23, 5, 5],
  NL: [21, 9, 9],
  SE: [25, 6, 12],
  BE: [21, 6, 6],
  CH: [8.1, 2.6, 2.6],
  AT: [20, 10, 10],
};

/** The table `vat_rates`: every country with every category, in the order of the alphabet. */
export function vatRatesSource(): TableSource {
  const countries = COUNTRIES.map(({ code }) => code).sort();
  // Read when blocks are listed: other tables need no file for that.
  const names = once(() =>
    readCatalogue()
      .map(({ name }) => name)
      .sort(),
  );
  const fill = (builder: BatchBuilder, firstRow: number) => {
    const categories = names();
    const country = builder.dictionary('country', textDictionary(countries)).indexes;
    const name = builder.dictionary('category', textDictionary(categories)).indexes;
    const rate = builder.decimal('vat_rate');
    for (let i = 0; i < builder.length; i++) {
      const at = Math.floor((firstRow + i) / categories.length);
      const of = (firstRow + i) % categories.length;
      const [standard, books, groceries] = RATES[countries[at] as CountryCode];
      country[i] = at;
      name[i] = of;
      const percent =
        categories[of] === 'books' ? books : categories[of] === 'groceries' ? groceries : standard;
      rate.set(i, Math.round(100 * percent));
    }
  };
  return rowsSource(vatRatesTable, () => countries.length * names().length, fill);
}
