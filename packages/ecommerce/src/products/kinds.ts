import { type Category, readCatalogue, type Subcategory } from '../word-lists.ts';

/** Spread of the log price within a kind of product, where the word list does not say. */
const DEFAULT_SPREAD = 0.3;

/** A size of a kind of product: the noun with it, and its price over that of the first size. */
interface Size {
  readonly noun: string;
  readonly priceRatio: number;
}

/** A kind of product with the part of the assortment it belongs to. */
export interface ProductKind {
  readonly category: Category;
  readonly categoryIndex: number;
  readonly subcategory: Subcategory;
  /** Position among all subcategories. */
  readonly subcategoryIndex: number;
  /** What it is called in each size it comes in; one where it comes in no others. */
  readonly sizes: readonly Size[];
  /** Of the first size. */
  readonly medianEuros: number;
  readonly spread: number;
}

/** All kinds of the assortment, category by category. */
export function listKinds(categories: readonly Category[] = readCatalogue()): ProductKind[] {
  const subcategories = categories.flatMap((category) => category.subcategories);
  return categories.flatMap((category, categoryIndex) =>
    category.subcategories.flatMap((subcategory) =>
      subcategory.types.map(([noun, medianEuros, spread = DEFAULT_SPREAD]) => ({
        category,
        categoryIndex,
        subcategory,
        subcategoryIndex: subcategories.indexOf(subcategory),
        sizes: sizesOf(noun),
        medianEuros,
        spread,
      })),
    ),
  );
}

const SIZES = /\{(.*)\}/;

/** The sizes of a noun of the word list, where they stand in braces. */
function sizesOf(noun: string): readonly Size[] {
  const [, list] = SIZES.exec(noun) ?? [];
  if (list === undefined) return [{ noun, priceRatio: 1 }];
  return list.split('|').map((entry) => {
    const [size = '', priceRatio = '1'] = entry.split(':');
    return { noun: noun.replace(SIZES, size), priceRatio: Number(priceRatio) };
  });
}
