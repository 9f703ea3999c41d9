import {
  type BatchBuilder,
  boolean,
  category,
  column,
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
import type { Catalogue, ProductKind } from './catalogue.ts';
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
      'List price in EUR; other currencies have prices of their own near the fixed rate',
    ),
    column('cost', decimal(10, 2), 'What the shop pays for a unit, in EUR; below the price'),
    column('active', boolean(), 'Whether the product is on sale; no order holds one that is not'),
  ],
});

const SKU_WIDTH = 7;
const encoder = new TextEncoder();

/** What products are made from. */
interface ProductModel {
  readonly seed: number;
  readonly catalogue: Catalogue;
}

/** The table `products`. */
export function productsSource(productCount: number, model: () => ProductModel): TableSource {
  const parts = once(() => {
    const { seed, catalogue } = model();
    return { catalogue, names: new ProductNamer(seed, catalogue), texts: productTextsOf(catalogue) };
  });
  return {
    table: productsTable,
    blocks: (_, wanted) => rowBlocks(productCount, wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      const costRandom = new KeyedRandom(model().seed, 'products', 'cost');
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillProducts(parts(), costRandom, builder, firstRow + start);
        },
      };
    },
  };
}

interface ProductParts {
  readonly catalogue: Catalogue;
  readonly names: ProductNamer;
  readonly texts: ProductTexts;
}

/** Fills the rows from product `firstRow` on. */
function fillProducts(
  { catalogue, names: productNames, texts: productTexts }: ProductParts,
  costRandom: KeyedRandom,
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
  const active = builder.boolean('active');

  for (let i = 0; i < builder.length; i++) {
    const row = firstRow + i;
    const kind = catalogue.kinds[catalogue.kindOf[row] as number] as ProductKind;
    const cents = (catalogue.prices[0] as Int32Array)[row] as number;
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
    if (catalogue.isActive[row] === 1) active.setTrue(i);
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
