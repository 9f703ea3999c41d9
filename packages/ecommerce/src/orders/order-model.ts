import type { Arena } from '@datagen/core/generator';
import type { KeyedRandom } from '@datagen/core/random';
import type { BasketShape } from '../config.ts';
import type { CustomerBase } from '../customers/customer-base.ts';
import type { DemandCurve } from '../demand/signups.ts';
import type { Catalogue } from '../products/catalogue.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { OrderCalendar } from './order-calendar.ts';

/** What the orders of a day are drawn from. */
export interface OrderModel {
  readonly seed: number;
  readonly demand: DemandCurve;
  readonly calendar: OrderCalendar;
  readonly customers: CustomerBase;
  readonly catalogue: Catalogue;
  readonly basket: BasketShape;
  readonly lifecycle: Lifecycle;
  /** By id of the order and of the line. */
  readonly random: { readonly orders: KeyedRandom; readonly lines: KeyedRandom };
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
  /** 1 where the order is called off before it is shipped, whenever that is. */
  readonly isCancelled: Uint8Array;
}
