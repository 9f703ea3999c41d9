import {
  type BatchBuilder,
  boolean,
  category,
  column,
  date,
  decimal,
  defineTable,
  firstRowOf,
  int64,
  once,
  rowBlocks,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { type Catalogue, NEVER } from './catalogue.ts';
import type { ProductKind } from './kinds.ts';
import type { PriceChanges } from './prices/price-changes.ts';
import { ProductNamer } from './product-names.ts';

const productsTable = defineTable({
  name: 'products',
  description: 'A product of the catalogue, with its list price.',
  primaryKey: ['product_id'],
  sortedBy: ['product_id'],
  columns: [
    column('product_id', int64(), 'Number of the product, from 1', { distinct: true }),
    column('sku', text(), 'Stock-keeping unit: category and number; unique', { distinct: true }),
    column('name', text(), 'Name as a shop shows it; products may share one'),
    column('brand', category(), 'Invented brand, or publisher of a book'),
    column('category', category(), 'One of ten categories'),
    column('subcategory', category(), 'Part of the category'),
    column(
      'price',
      decimal(10, 2),
      'List price in EUR on the day it came; other currencies have prices of their own near the fixed rate',
    ),
    column('cost', decimal(10, 2), 'What the shop pays for a unit, in EUR; below the price'),
    column('introduced_on', date(), 'First day on sale'),
    column('discontinued_on', date(), 'First day on which it is no longer sold; null while it is', {
      nullable: true,
    }),
    column('active', boolean(), 'Whether it is still sold: at `asOf`, or once all sign-up days are over'),
  ],
});

const SKU_WIDTH = 7;
const encoder = new TextEncoder();

/** What products are made from. */
interface ProductModel {
  readonly seed: number;
  readonly catalogue: Catalogue;
  readonly priceChanges: PriceChanges;
  /** Days since 1970. */
  readonly launchDay: number;
  /** Days after launch from which nothing is known; infinite where all is. */
  readonly observedDays: number;
}

/** The table `products`, in the order in which they come, up to the last that is known. */
export function productsSource(model: () => ProductModel): TableSource {
  const parts = once(() => {
    const { seed, catalogue, priceChanges, launchDay, observedDays } = model();
    return {
      catalogue,
      priceChanges,
      launchDay,
      observedDays,
      names: new ProductNamer(seed, catalogue),
      texts: productTextsOf(catalogue),
      costRandom: new KeyedRandom(seed, 'products', 'cost'),
    };
  });
  return {
    table: productsTable,
    blocks: (_, wanted) => {
      const { catalogue, observedDays } = model();
      return rowBlocks(catalogue.countThrough(observedDays - 1), wanted);
    },
    open: (block) => ({
      rowCount: block.rowCount,
      fill: (builder, start) => {
        fillProducts(parts(), builder, firstRowOf(block) + start);
      },
    }),
  };
}

interface ProductParts extends Omit<ProductModel, 'seed'> {
  readonly names: ProductNamer;
  readonly texts: ProductTexts;
  readonly costRandom: KeyedRandom;
}

/** Fills the rows from product `firstRow` on. */
function fillProducts(
  {
    catalogue,
    priceChanges,
    launchDay,
    observedDays,
    names: productNames,
    texts: productTexts,
    costRandom,
  }: ProductParts,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const productId = builder.int64('product_id');
  const sku = builder.utf8('sku');
  const name = builder.utf8('name');
  const brand = builder.dictionary('brand', productTexts.brands);
  const categoryName = builder.dictionary('category', productTexts.categories);
  const subcategory = builder.dictionary('subcategory', productTexts.subcategories);
  const price = builder.decimal('price');
  const cost = builder.decimal('cost');
  const introduced = builder.date('introduced_on');
  const discontinued = builder.date('discontinued_on');
  const active = builder.boolean('active');

  for (let i = 0; i < builder.length; i++) {
    const row = firstRow + i;
    const kind = catalogue.kinds[catalogue.kindOf[row] as number] as ProductKind;
    const cents = priceChanges.firstPriceOf(row);
    productId.set(i, row + 1);
    sku.appendBytes(productTexts.skuPrefixes[kind.categoryIndex] as Uint8Array);
    sku.appendInteger(row + 1, SKU_WIDTH);
    sku.endRow();
    productNames.appendName(name, row);
    name.endRow();
    brand.indexes[i] = (productTexts.firstBrands[kind.categoryIndex] as number) + productNames.brandOf(row);
    categoryName.indexes[i] = kind.categoryIndex;
    subcategory.indexes[i] = kind.subcategoryIndex;
    price.set(i, cents);
    const costShare = Math.min(0.92, kind.category.costShare * (0.8 + 0.4 * costRandom.uniform(row)));
    cost.set(i, Math.max(1, Math.floor(cents * costShare)));
    introduced.values[i] = launchDay + (catalogue.firstDays[row] as number);
    const endDay = catalogue.endDays[row] as number;
    if (endDay !== NEVER && endDay < observedDays) discontinued.values[i] = launchDay + endDay;
    else {
      discontinued.setNull(i);
      active.setTrue(i);
    }
  }
}

/** The fixed texts of the table. */
interface ProductTexts {
  readonly categories: ReturnType<typeof textDictionary>;
  readonly subcategories: ReturnType<typeof textDictionary>;
  readonly brands: ReturnType<typeof textDictionary>;
  /** Position of each category's first brand. */
  readonly firstBrands: readonly number[];
  readonly skuPrefixes: readonly Uint8Array[];
}

/** Makes them from the assortment. */
function productTextsOf({ categories }: Catalogue): ProductTexts {
  let brandCount = 0;
  return {
    categories: textDictionary(categories.map(({ name }) => name)),
    subcategories: textDictionary(
      categories.flatMap(({ subcategories }) => subcategories.map(({ name }) => name)),
    ),
    brands: textDictionary(categories.flatMap(({ brands }) => brands)),
    firstBrands: categories.map(({ brands }) => (brandCount += brands.length) - brands.length),
    skuPrefixes: categories.map(({ name }) => encoder.encode(`${name.slice(0, 3).toUpperCase()}-`)),
  };
}
