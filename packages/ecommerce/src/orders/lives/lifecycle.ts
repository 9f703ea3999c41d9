import type { KeyedRandom } from '@datagen/core/random';
import type { Arena } from '@datagen/core/generator';
import { PAYMENT_METHODS } from '../../geography/countries.ts';
import { ORDER_DRAWS } from '../../draws.ts';
import { WorkingDays } from '../../geography/working-days.ts';
import { BANK_TRANSFER, NEVER_PAID } from './payment-choice.ts';
import { delayed, perThousand, workingTime } from './working-time.ts';

const DAY_SECONDS = 86_400;
const INVOICE = PAYMENT_METHODS.indexOf('invoice');
const DIRECT_DEBIT = PAYMENT_METHODS.indexOf('direct_debit');

/** By method: 1 where the order is paid after the parcel has left, and NaN to be added to the time of a payment at once. */
const IS_LATER = Uint8Array.from(PAYMENT_METHODS, (_, method) =>
  Number(method === INVOICE || method === DIRECT_DEBIT),
);
const WAITING = Float64Array.from(IS_LATER, (isLater) => (isLater === 1 ? NaN : 0));

/** Thousandths of orders by whole days of delay, as one entry per thousandth: rounded log-normals, cut at their ends. */
const HANDLING_DAYS = perThousand([300, 420, 160, 70, 35, 15]);
const TRANSIT_DAYS = perThousand([0, 400, 320, 150, 70, 30, 20, 10]);
const RETURN_DAYS = perThousand([
  0, 0, 0, 30, 50, 70, 80, 80, 80, 80, 80, 80, 80, 80, 80, 50, 30, 20, 10, 10, 10,
]);
/** Bank transfers come on one of the next three days; what has not come after eight to ten is called off. */
const TRANSFER_DAYS = perThousand([0, 334, 333, 333]);
const PATIENCE_DAYS = perThousand([0, 0, 0, 0, 0, 0, 0, 0, 334, 333, 333]);
/** An order that is paid later is released at once, in seconds. */
const RELEASE_SECONDS = 120;

/** Invoices are due so many days after the delivery, and given up after so many. */
export const DUE_DAYS = 30;
export const WRITE_OFF_DAYS = 120;
/** Shares of invoices paid in the last days before they are due, and later; the others never. */
const IN_TIME = { share: 0.84, firstDay: 14, days: 16 };
const LATE = { share: 0.145, firstDay: 31, days: 50 };
/** Direct debits are drawn after the parcel has left; a few come back and are paid later, or never. */
const DEBIT_IN_TIME = { share: 0.985, firstDay: 1, days: 3 };
const DEBIT_LATE = { share: 0.012, firstDay: 10, days: 20 };

/** No item comes back later than this many days after its order was placed. */
export const MAX_RETURN_DAYS = 70;

/** How many of its lines come back of an order. */
export const RETURNS = { none: 0, part: 1, whole: 2 } as const;

/** What became of some orders, by row: seconds since 1970; NaN where it has not happened, or not yet. */
export interface OrderStages {
  readonly paid: Float64Array;
  readonly shipped: Float64Array;
  readonly delivered: Float64Array;
  readonly returned: Float64Array;
  readonly cancelled: Float64Array;
}

export interface PlacedOrders {
  readonly keys: Int32Array;
  /** Seconds since 1970. */
  readonly placed: Float64Array;
  /** Positions in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** Positions in `PAYMENT_METHODS`. */
  readonly paymentMethods: Uint8Array;
  /** Above 0 where the order is called off. */
  readonly isCancelled: Uint8Array;
  /** Values of `RETURNS`. */
  readonly returnKinds: Uint8Array;
}

/**
 * What happens to an order after it is placed: paid, then shipped and delivered, or cancelled before
 * it is shipped; then perhaps returned. Invoices and direct debits are paid after the parcel has left. A function of the
 * order's id, time, country and method of payment, so all tables agree on it. Warehouse, carriers and banks work by
 * local day and hour, not on Sundays and holidays.
 */
export class Lifecycle {
  readonly #random: KeyedRandom;
  readonly #workingDays = new WorkingDays();
  readonly #observedUntil: number;

  /** `random`: of orders; `observedUntil`: seconds since 1970 from which nothing is known, or infinite. */
  constructor(random: KeyedRandom, observedUntil: number) {
    this.#random = random;
    this.#observedUntil = observedUntil;
  }

  /** The stages of some orders, in arrays of `memory`. */
  trace(orders: PlacedOrders, memory: Arena): OrderStages {
    const { keys, placed } = orders;
    const count = placed.length;
    if (count > 0) this.#workingDays.prepare((placed[0] as number) / DAY_SECONDS);
    const take = () => memory.float64s(count, false);
    const stages: OrderStages = {
      paid: this.#random.exponentials(keys, take(), ORDER_DRAWS.payment),
      shipped: this.#random.uniforms(keys, take(), ORDER_DRAWS.shipping),
      delivered: this.#random.uniforms(keys, take(), ORDER_DRAWS.delivery),
      returned: take().fill(NaN),
      cancelled: take().fill(NaN),
    };
    // Each function turns the draws of a stage into its times.
    this.#payInAdvance(orders, stages);
    const later = memory.int32s(count, false);
    const laterCount = listLater(orders, later);
    this.#ship(orders, stages);
    this.#deliver(orders, stages);
    this.#callOff(orders, stages);
    this.#sendBack(orders, stages);
    this.#payAfterwards(orders, stages, later.subarray(0, laterCount));
    if (this.#observedUntil < Infinity)
      for (const times of Object.values(stages) as Float64Array[]) observe(times, this.#observedUntil);
    return stages;
  }

  /** At once, but for bank transfers; NaN where it is paid later or never. */
  #payInAdvance({ keys, placed, paymentMethods }: PlacedOrders, { paid }: OrderStages): void {
    const { next, opening } = this.#workingDays;
    const banks = next[WorkingDays.banks] as Int32Array;
    for (let i = 0; i < paid.length; i++) {
      const method = paymentMethods[i] as number;
      const time = placed[i] as number;
      if (method === BANK_TRANSFER) {
        const u = this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.payment);
        paid[i] = delayed(time, TRANSFER_DAYS, u, banks, opening);
      } else paid[i] = time + Math.min(3_600, 8 + 75 * (paid[i] as number)) + (WAITING[method] as number);
    }
  }

  #ship({ placed }: PlacedOrders, { paid, shipped }: OrderStages): void {
    const { next, opening } = this.#workingDays;
    const warehouse = next[WorkingDays.warehouse] as Int32Array;
    for (let i = 0; i < shipped.length; i++) {
      const released = releaseTime(placed[i] as number, paid[i] as number);
      shipped[i] = delayed(released, HANDLING_DAYS, shipped[i] as number, warehouse, opening);
    }
  }

  #deliver({ countries }: PlacedOrders, { shipped, delivered }: OrderStages): void {
    const { next, opening } = this.#workingDays;
    for (let i = 0; i < shipped.length; i++) {
      const carriers = next[countries[i] as number] as Int32Array;
      delivered[i] = delayed(shipped[i] as number, TRANSIT_DAYS, delivered[i] as number, carriers, opening);
    }
  }

  #callOff(
    { keys, placed, isCancelled }: PlacedOrders,
    { paid, shipped, delivered, cancelled }: OrderStages,
  ): void {
    const { next, opening } = this.#workingDays;
    const warehouse = next[WorkingDays.warehouse] as Int32Array;
    for (let i = 0; i < isCancelled.length; i++) {
      if (isCancelled[i] === 0) continue;
      const u = this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.cancellation);
      if (isCancelled[i] === NEVER_PAID) {
        cancelled[i] = delayed(placed[i] as number, PATIENCE_DAYS, u, warehouse, opening);
        paid[i] = NaN;
      } else {
        const released = releaseTime(placed[i] as number, paid[i] as number);
        cancelled[i] = released + ((shipped[i] as number) - released) * (0.05 + 0.9 * u);
      }
      shipped[i] = delivered[i] = NaN;
    }
  }

  #sendBack({ keys, isCancelled, returnKinds }: PlacedOrders, { delivered, returned }: OrderStages): void {
    const { next, opening } = this.#workingDays;
    const warehouse = next[WorkingDays.warehouse] as Int32Array;
    for (let i = 0; i < isCancelled.length; i++) {
      if (returnKinds[i] === RETURNS.none || isCancelled[i] !== 0) continue;
      const u = this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.return);
      returned[i] = delayed(delivered[i] as number, RETURN_DAYS, u, warehouse, opening);
    }
  }

  /** Invoices some weeks after the delivery, direct debits some days after the parcel has left; not what has all come back. */
  #payAfterwards(
    { keys, paymentMethods, isCancelled, returnKinds }: PlacedOrders,
    { paid, shipped, delivered, returned }: OrderStages,
    later: Int32Array,
  ): void {
    for (const i of later) {
      if (isCancelled[i] !== 0) continue;
      const isInvoice = paymentMethods[i] === INVOICE;
      const u = this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.payment);
      const inTime = isInvoice ? IN_TIME : DEBIT_IN_TIME;
      const late = isInvoice ? LATE : DEBIT_LATE;
      const from = (isInvoice ? delivered[i] : shipped[i]) as number;
      let time = NaN;
      if (u < inTime.share) time = this.#settled(from, inTime, u / inTime.share);
      else if (u < inTime.share + late.share)
        time = this.#settled(from, late, (u - inTime.share) / late.share);
      // What is sent back whole before it is paid is owed no longer.
      paid[i] = returnKinds[i] === RETURNS.whole && (returned[i] as number) < time ? NaN : time;
    }
  }

  /** When a payment is booked that is made on one of some days after `from`; `u` is uniform. */
  #settled(from: number, { firstDay, days }: { firstDay: number; days: number }, u: number): number {
    const { next, opening } = this.#workingDays;
    const day = (u * days) | 0;
    return workingTime(from, firstDay + day, u * days - day, next[WorkingDays.banks] as Int32Array, opening);
  }
}

/** Lists the orders that are paid after the parcel has left; returns their number. */
function listLater({ paymentMethods }: PlacedOrders, later: Int32Array): number {
  let count = 0;
  for (let i = 0; i < paymentMethods.length; i++) {
    later[count] = i;
    // Overwritten by the next one where it is not.
    count += IS_LATER[paymentMethods[i] as number] as number;
  }
  return count;
}

/** When the warehouse may begin with an order: once it is paid, or at once where that comes later. */
function releaseTime(placed: number, paid: number): number {
  return paid === paid ? paid : placed + RELEASE_SECONDS;
}

/** Makes NaN of what happens later than is known. */
function observe(times: Float64Array, observedUntil: number): void {
  for (let i = 0; i < times.length; i++) if ((times[i] as number) >= observedUntil) times[i] = NaN;
}
