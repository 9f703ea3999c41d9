import { DAY_MS, type DecimalColumn } from '@datagen/core/generator';
import type { OrderLines } from '../order-lines.ts';
import { DUE_DAYS, type OrderStages, RETURNS, WRITE_OFF_DAYS } from './lifecycle.ts';

export const ORDER_STATUSES = ['placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled'] as const;

export const PAYMENT_STATUSES = [
  'pending',
  'overdue',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
  'written_off',
] as const;

// Positions in the lists above.
const [PLACED, PAID, SHIPPED, DELIVERED, RETURNED, CANCELLED] = [0, 1, 2, 3, 4, 5];
const PAYMENT = { pending: 0, overdue: 1, paid: 2, partly: 3, refunded: 4, voided: 5, writtenOff: 6 };
const DAY_SECONDS = DAY_MS / 1000;

/** Columns of orders that tell how far they have come. */
interface OutcomeColumns {
  /** Positions in `ORDER_STATUSES`. */
  readonly status: Int32Array;
  /** Positions in `PAYMENT_STATUSES`. */
  readonly paymentStatus: Int32Array;
  readonly refundedAmount: DecimalColumn;
}

/**
 * How far orders and their payments have come, and what is paid back; turns `placed` into the times of the last that
 * happened.
 */
export function fillOutcomes(
  { status, paymentStatus, refundedAmount }: OutcomeColumns,
  { returnKinds, returnedTotals }: OrderLines,
  { paid, shipped, delivered, returned, cancelled }: OrderStages,
  placed: Float64Array,
  amounts: Float64Array,
  observedUntil: number,
  start: number,
  from: number,
): void {
  for (let i = 0; i < paid.length; i++) {
    const row = from + i;
    const paidTime = paid[i] as number;
    const isPaid = isKnown(paidTime);
    let last = placed[i] as number;
    let payment = isPaid ? PAYMENT.paid : PAYMENT.pending;
    if (isKnown(cancelled[i] as number)) {
      last = cancelled[i] as number;
      if (isPaid) refundedAmount.set(row, amounts[i] as number);
      status[row] = CANCELLED;
      payment = isPaid ? PAYMENT.refunded : PAYMENT.voided;
    } else if (isKnown(returned[i] as number)) {
      last = returned[i] as number;
      // Whoever sends all back is paid back the shipping, too (EU directive 2011/83, article 13).
      const isWhole = returnKinds[start + row] === RETURNS.whole;
      refundedAmount.set(row, (isWhole ? amounts[i] : returnedTotals[start + row]) as number);
      status[row] = isWhole ? RETURNED : DELIVERED;
      if (isWhole) payment = isPaid ? PAYMENT.refunded : PAYMENT.voided;
      else payment = isPaid ? PAYMENT.partly : openPaymentAt(observedUntil, delivered[i] as number);
    } else if (isKnown(delivered[i] as number)) {
      last = delivered[i] as number;
      status[row] = DELIVERED;
      if (!isPaid) payment = openPaymentAt(observedUntil, last);
    } else if (isKnown(shipped[i] as number)) {
      last = shipped[i] as number;
      status[row] = SHIPPED;
    } else status[row] = isPaid ? PAID : PLACED;
    paymentStatus[row] = payment;
    // An unknown time is not later.
    placed[i] = paidTime > last ? paidTime : last;
  }
}

/** The status of a payment that has not come so long after the delivery. */
function openPaymentAt(observedUntil: number, delivered: number): number {
  const days = (observedUntil - delivered) / DAY_SECONDS;
  if (days > WRITE_OFF_DAYS) return PAYMENT.writtenOff;
  return days > DUE_DAYS ? PAYMENT.overdue : PAYMENT.pending;
}

/** Whether a time is not NaN. */
function isKnown(time: number): boolean {
  return time === time;
}
