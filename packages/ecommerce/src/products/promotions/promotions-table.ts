import {
  type BatchBuilder,
  category,
  column,
  date,
  decimal,
  defineTable,
  firstRowOf,
  int64,
  rowBlocks,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import type { Promotion, Promotions } from './promotions.ts';
import { readCatalogue } from '../../word-lists.ts';

const promotionsTable = defineTable({
  name: 'promotions',
  description: 'A sale of some products of a category, or a coupon, at one rate.',
  primaryKey: ['promotion_id'],
  sortedBy: ['promotion_id'],
  columns: [
    column('promotion_id', int64(), 'Number of the promotion in the order in which they begin, from 1', {
      distinct: true,
    }),
    column('name', category(), 'Name of the campaign; one campaign has many promotions'),
    column('type', category(), 'sale (of products, for everybody) or coupon (of an order, by its code)'),
    column('code', category(), 'What customers enter; null for sales', { nullable: true }),
    column('category', category(), 'Category of the products on sale; null for coupons', { nullable: true }),
    column('discount_rate', decimal(4, 2), 'Part of the price that is taken off'),
    column('starts_on', date(), 'First day'),
    column('ends_on', date(), 'Last day; null where no end is set', { nullable: true }),
  ],
});

const TYPES = ['sale', 'coupon'] as const;
const types = textDictionary(TYPES);

/** What promotions are of. */
interface PromotionModel {
  readonly promotions: Promotions;
  /** Days since 1970. */
  readonly launchDay: number;
  /** Days after launch from which nothing is known; infinite where all is. */
  readonly observedDays: number;
}

/** The table `promotions`, up to the last that has begun by `asOf`. */
export function promotionsSource(model: () => PromotionModel): TableSource {
  return {
    table: promotionsTable,
    blocks: (_, wanted) => {
      const { promotions, observedDays } = model();
      return rowBlocks(promotions.countThrough(observedDays - 1), wanted);
    },
    open: (block) => ({
      rowCount: block.rowCount,
      fill: (builder, start) => {
        fillPromotions(model(), builder, firstRowOf(block) + start);
      },
    }),
  };
}

/** Fills the rows from promotion `firstRow` on. */
function fillPromotions(
  { promotions: { list }, launchDay }: PromotionModel,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const names = [...new Set(list.map(({ name }) => name))];
  const codes = list.flatMap(({ code }) => code ?? []);
  const id = builder.int64('promotion_id');
  const name = builder.dictionary('name', textDictionary(names));
  const type = builder.dictionary('type', types);
  const code = builder.dictionary('code', textDictionary(codes));
  const categoryName = builder.dictionary(
    'category',
    textDictionary(readCatalogue().map((found) => found.name)),
  );
  const rate = builder.decimal('discount_rate');
  const starts = builder.date('starts_on');
  const ends = builder.date('ends_on');
  for (let i = 0; i < builder.length; i++) {
    const promotion = list[firstRow + i] as Promotion;
    id.set(i, firstRow + i + 1);
    name.indexes[i] = names.indexOf(promotion.name);
    type.indexes[i] = promotion.code === undefined ? 0 : 1;
    if (promotion.code === undefined) code.setNull(i);
    else code.indexes[i] = codes.indexOf(promotion.code);
    if (promotion.category === undefined) categoryName.setNull(i);
    else categoryName.indexes[i] = promotion.category;
    rate.set(i, Math.round(100 * promotion.rate));
    starts.values[i] = launchDay + promotion.firstDay;
    if (promotion.lastDay === Infinity) ends.setNull(i);
    else ends.values[i] = launchDay + promotion.lastDay;
  }
}
