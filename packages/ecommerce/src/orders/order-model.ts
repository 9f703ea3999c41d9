import type { Arena } from '@datagen/core/generator';
import type { KeyedRandom } from '@datagen/core/random';
import type { BasketShape } from '../config.ts';
import type { CustomerBase } from '../customers/customer-base.ts';
import type { DemandCurve, SignupCurve } from '../demand/signups.ts';
import type { Assortment } from '../products/assortment.ts';
import type { OrderCalendar } from './order-calendar.ts';

/** What the orders of a day are drawn from. */
export interface OrderModel {
  readonly seed: number;
  readonly demand: DemandCurve;
  readonly calendar: OrderCalendar;
  readonly customers: CustomerBase;
  readonly signups: SignupCurve;
  readonly assortment: Assortment;
  readonly basket: BasketShape;
  /** By row of the customer, and by id of the order and of the line. */
  readonly random: {
    readonly customers: KeyedRandom;
    readonly orders: KeyedRandom;
    readonly lines: KeyedRandom;
  };
  /** For what is drawn on the way to a day. */
  readonly scratch: Arena;
}

/** The orders of a day before their lines are drawn. Rows count from 0 in the day. */
export interface OrderHeads {
  /** Days after launch. */
  readonly index: number;
  readonly startMs: number;
  /** Ids of the day's first order and line. */
  readonly firstOrderId: number;
  readonly firstLineId: number;
  readonly orderCount: number;
  readonly lineCount: number;
  /** Keys of the orders, for draws of `OrderModel.random.orders`. */
  readonly keys: Int32Array;
  /** Row of the customer. */
  readonly customers: Int32Array;
  /** Position of the customer's country in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** Keys of the customers, for draws of `OrderModel.random.customers`. */
  readonly customerKeys: Int32Array;
  /** Habits of the customers, packed as in `draws.ts`. */
  readonly habits: Int32Array;
  /** Position in `PAYMENT_METHODS`. */
  readonly paymentMethods: Uint8Array;
  /** Above 0 where the order is called off before it is shipped, whenever that is. */
  readonly isCancelled: Uint8Array;
}
