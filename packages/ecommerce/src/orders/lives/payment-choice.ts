import type { KeyedRandom } from '@datagen/core/random';
import { CUSTOMER_DRAWS, ORDER_DRAWS } from '../../draws.ts';
import { COUNTRIES, PAYMENT_METHODS } from '../../geography/countries.ts';

/** Shares of orders that are called off, of so many. */
const CANCEL_DRAWS = 0x4000;
const CANCEL_SHARE = Math.round(0.015 * CANCEL_DRAWS);
/** Share of bank transfers that never come, so that the shop calls the order off. */
const NO_TRANSFER_SHARE = Math.round(0.06 * CANCEL_DRAWS);
export const BANK_TRANSFER = PAYMENT_METHODS.indexOf('bank_transfer');

/** 256ths of a customer's orders that are paid by the one method the customer prefers. */
const HABIT_SHARE = Math.round(0.85 * 256);
/** Methods by country and then by one of so many equal draws, as often as their shares ask for. */
const METHOD_DRAWS = 1_024;
const METHODS_BY_COUNTRY = Uint8Array.from(
  COUNTRIES.flatMap(({ payments }) => {
    const upTo = PAYMENT_METHODS.map((_, last) =>
      PAYMENT_METHODS.slice(0, last + 1).reduce((sum, method) => sum + (payments[method] ?? 0), 0),
    );
    const total = upTo.at(-1) as number;
    return Array.from({ length: METHOD_DRAWS }, (_, draw) =>
      upTo.findIndex((sum) => ((draw + 0.5) / METHOD_DRAWS) * total < sum),
    );
  }),
);

/** How an order is called off before it is shipped: by somebody, or because no money came. */
const CALLED_OFF = 1;
export const NEVER_PAID = 2;

/** By key of the customer, and of the order. */
interface PaymentRandom {
  readonly customers: KeyedRandom;
  readonly orders: KeyedRandom;
}

/** Orders that are paid by some method or called off, as `OrderHeads` has them. */
interface PaidOrders {
  readonly keys: Int32Array;
  readonly customerKeys: Int32Array;
  readonly countries: Uint8Array;
  readonly paymentMethods: Uint8Array;
  readonly isCancelled: Uint8Array;
}

/**
 * How the orders `from` to `to - 1` are paid: mostly as their customers, whose keys are given, like to; and which of them
 * are called off before they are shipped.
 */
export function choosePayments(
  random: PaymentRandom,
  { keys, customerKeys, countries, paymentMethods, isCancelled }: PaidOrders,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    // 8 bits for the habit, 14 for whether it is called off, and 10 for the method.
    const bits = random.orders.bitsOf(keys[i] as number, ORDER_DRAWS.paymentAndCancellation);
    const habit = random.customers.bitsOf(customerKeys[i] as number, CUSTOMER_DRAWS.paymentMethod);
    // All bits where the habit decides, and no branch: that cannot be foreseen.
    const isHabit = ((bits & 255) - HABIT_SHARE) >> 31;
    const drawn = (bits ^ ((bits ^ habit) & isHabit)) >>> 22;
    const method = METHODS_BY_COUNTRY[METHOD_DRAWS * (countries[i] as number) + drawn] as number;
    paymentMethods[i] = method;
    const u = (bits >>> 8) & (CANCEL_DRAWS - 1);
    if (u < CANCEL_SHARE) isCancelled[i] = CALLED_OFF;
    else if (u < CANCEL_SHARE + NO_TRANSFER_SHARE && method === BANK_TRANSFER) isCancelled[i] = NEVER_PAID;
  }
}
