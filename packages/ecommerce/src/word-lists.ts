import { readFileSync } from 'node:fs';

/**
 * A kind of product: what it is called, its median price in euros, and the spread of its log price (0.3 if absent).
 * Sizes stand in braces, the usual one first, others with their price over its price: `Kettlebell {12|8:0.75} kg`.
 */
type ProductType = readonly [noun: string, medianEuros: number, spread?: number];

export interface Subcategory {
  readonly name: string;
  /** Colours or scents a product comes in; may be empty. */
  readonly variants: readonly string[];
  readonly types: readonly ProductType[];
  /** First and second halves of titles, for books. */
  readonly titles?: readonly [readonly string[], readonly string[]];
}

export interface Category {
  readonly name: string;
  /** Share of the catalogue. */
  readonly share: number;
  /** Mean share of the price that the shop pays. */
  readonly costShare: number;
  readonly brands: readonly string[];
  /** Words of product lines below, around and above the usual price. */
  readonly basic: readonly string[];
  readonly standard: readonly string[];
  readonly premium: readonly string[];
  readonly subcategories: readonly Subcategory[];
}

/** Names of one language region, the widespread ones first. */
export interface NameLists {
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly last: readonly string[];
  /** The surnames of women, where they differ; in the order of `last`. */
  readonly lastFemale?: readonly string[];
}

// Read when first used, not imported: a program that names the generator need not load what it does not run.
function readData(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8'));
}

let catalogue: readonly Category[] | undefined;

/** The assortment: written for this generator; all brands are made up. */
export function readCatalogue(): readonly Category[] {
  return (catalogue ??= readData('catalogue.json') as Category[]);
}

/** Cities by country code with thousands of inhabitants; from GeoNames, see tools/extract-city-lists.mjs. */
export function readCities(): Readonly<Record<string, Readonly<Record<string, number>>>> {
  return readData('cities.json') as Record<string, Record<string, number>>;
}

/** Names by language region; from faker's lists, see tools/extract-faker-lists.mjs. */
export function readNames(): ReadonlyMap<string, NameLists> {
  const regions = readData('names.json') as Record<string, Record<string, string>>;
  return new Map(
    Object.entries(regions).map(([region, lists]) => [
      region,
      Object.fromEntries(
        Object.entries(lists).map(([list, names]) => [list, names.split('|')]),
      ) as unknown as NameLists,
    ]),
  );
}
