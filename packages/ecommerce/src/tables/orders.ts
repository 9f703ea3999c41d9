import {
  type BatchBuilder,
  category,
  type ChunkFiller,
  column,
  date,
  DAY_MS,
  decimal,
  defineTable,
  instant,
  int32,
  int64,
  type Int64Column,
  textDictionary,
} from '@datagen/core';
import { COUNTRIES, CURRENCIES, type Currency, CURRENCY_OF_COUNTRY, PAYMENT_METHODS } from '../countries.ts';
import { drawTimes, type OrderDay } from '../order-day.ts';
import type { Shop } from '../shop.ts';

const ORDER_STATUSES = ['placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled'] as const;

export const ordersTable = defineTable({
  name: 'orders',
  description: 'An order: what one customer bought at one time.',
  primaryKey: ['order_id'],
  foreignKeys: [{ columns: ['customer_id'], table: 'customers', references: ['customer_id'] }],
  timeColumn: 'order_ts',
  columns: [
    column('order_id', int64(), 'Number of the order in the order of time, from 1 at the launch', {
      distinct: true,
    }),
    column('customer_id', int64(), 'Who ordered; signed up on or before that day'),
    column('order_ts', instant(), 'When the order was placed, UTC', { distinct: true }),
    column('order_date', date(), 'UTC day of `order_ts`'),
    column(
      'status',
      category(),
      'placed, paid, shipped, delivered, returned (all its items) or cancelled, at `asOf`',
    ),
    column('country', category(), "The customer's country, ISO 3166 code"),
    column('currency', category(), 'Currency of all amounts of the order, ISO 4217 code'),
    column('payment_method', category(), 'How the order is paid'),
    column('item_count', int32(), 'Number of the rows of `order_items` that belong to the order, 1 or more'),
    column('shipping_fee', decimal(10, 2), 'Fee for shipping, 0 for larger orders'),
    column('amount', decimal(12, 2), 'What the order costs: the amounts of its items and the shipping fee'),
    column('amount_eur', decimal(12, 2), '`amount` in EUR at the fixed rate of the generator'),
    column('paid_ts', instant(), 'When the payment came, UTC; null while it has not', { nullable: true }),
    column('shipped_ts', instant(), 'When the parcel left, UTC; null before', { nullable: true }),
    column('delivered_ts', instant(), 'When the parcel arrived, UTC; null before', { nullable: true }),
    column('returned_ts', instant(), 'When items came back, UTC; null if none did', { nullable: true }),
    column('cancelled_ts', instant(), 'When the order was called off, UTC; null if it was not', {
      nullable: true,
    }),
    column(
      'refunded_amount',
      decimal(12, 2),
      'Sum of the amounts of returned items, or `amount` if cancelled; else 0',
    ),
  ],
});

const statuses = textDictionary(ORDER_STATUSES);
const countryCodes = textDictionary(COUNTRIES.map(({ code }) => code));
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));
const paymentMethods = textDictionary(PAYMENT_METHODS);
const [PLACED, PAID, SHIPPED, DELIVERED, RETURNED, CANCELLED] = [0, 1, 2, 3, 4, 5];

/** Fills the orders of a day. */
export function ordersFiller(shop: Shop, day: OrderDay): ChunkFiller {
  const { lifecycle, customers, observedUntil } = shop;
  const times = drawTimes(shop, day.index, day.orderCount);
  return (builder: BatchBuilder, start: number) => {
    const orderId = builder.int64('order_id');
    const customerId = builder.int64('customer_id');
    const orderTs = builder.int64('order_ts');
    const orderDate = builder.date('order_date');
    const status = builder.dictionary('status', statuses);
    const country = builder.dictionary('country', countryCodes);
    const currency = builder.dictionary('currency', currencyCodes);
    const paymentMethod = builder.dictionary('payment_method', paymentMethods);
    const itemCount = builder.int32('item_count');
    const shippingFee = builder.decimal('shipping_fee');
    const amount = builder.decimal('amount');
    const amountEur = builder.decimal('amount_eur');
    const paidTs = builder.int64('paid_ts');
    const shippedTs = builder.int64('shipped_ts');
    const deliveredTs = builder.int64('delivered_ts');
    const returnedTs = builder.int64('returned_ts');
    const cancelledTs = builder.int64('cancelled_ts');
    const refundedAmount = builder.decimal('refunded_amount');
    orderDate.values.fill(day.startMs / DAY_MS);

    /** Writes a stage that has been reached. */
    const reach = (stage: Int64Column, i: number, seconds: number): boolean => {
      if (seconds >= observedUntil) {
        stage.setNull(i);
        return false;
      }
      stage.set(i, Math.round(seconds * 1e6));
      return true;
    };

    for (let i = 0; i < builder.length; i++) {
      const order = start + i;
      const id = day.firstOrderId + order;
      const customer = day.customers[order] as number;
      const countryIndex = customers.countries[customer] as number;
      const currencyIndex = CURRENCY_OF_COUNTRY[countryIndex] as number;
      const { shippingFee: fee, freeShippingFrom, perEuro } = CURRENCIES[currencyIndex] as Currency;
      const first = day.firstLines[order] as number;
      const end = day.firstLines[order + 1] as number;
      let sum = 0;
      let returnedSum = 0;
      let returnCount = 0;
      for (let line = first; line < end; line++) {
        const lineAmount =
          (day.quantities[line] as number) * (day.unitPrices[line] as number) -
          (day.discounts[line] as number);
        sum += lineAmount;
        if (day.returns[line] === 1) {
          returnedSum += lineAmount;
          returnCount++;
        }
      }
      const method = lifecycle.paymentMethodOf(id, countryIndex);
      const shipping = sum >= freeShippingFrom ? 0 : fee;
      const placedUs = day.startMs * 1000 + (times[order] as number);
      const placed = placedUs / 1e6;

      orderId.set(i, id);
      customerId.set(i, customer + 1);
      orderTs.set(i, placedUs);
      country.indexes[i] = countryIndex;
      currency.indexes[i] = currencyIndex;
      paymentMethod.indexes[i] = method;
      itemCount.values[i] = end - first;
      shippingFee.set(i, shipping);
      amount.set(i, sum + shipping);
      amountEur.set(i, Math.round((sum + shipping) / perEuro));

      lifecycle.trace(id, placed, method);
      let state = reach(paidTs, i, lifecycle.paid) ? PAID : PLACED;
      let refund = 0;
      if (lifecycle.isCancelled(id)) {
        shippedTs.setNull(i);
        deliveredTs.setNull(i);
        returnedTs.setNull(i);
        if (reach(cancelledTs, i, lifecycle.cancelTime(id))) {
          state = CANCELLED;
          refund = sum + shipping;
        }
      } else {
        cancelledTs.setNull(i);
        if (reach(shippedTs, i, lifecycle.shipped)) state = SHIPPED;
        if (reach(deliveredTs, i, lifecycle.delivered)) state = DELIVERED;
        if (returnCount === 0) {
          returnedTs.setNull(i);
        } else if (reach(returnedTs, i, lifecycle.returnTime(id))) {
          refund = returnedSum;
          if (returnCount === end - first) state = RETURNED;
        }
      }
      status.indexes[i] = state;
      refundedAmount.set(i, refund);
    }
  };
}
