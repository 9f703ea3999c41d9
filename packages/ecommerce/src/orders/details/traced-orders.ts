import type { Arena } from '@datagen/core/generator';
import type { Lifecycle, OrderStages } from '../lives/lifecycle.ts';
import type { OrderDays } from '../order-blocks.ts';
import type { OrderDay } from '../order-day.ts';

/** What the tables about the lives of orders need of the shop. */
export interface TracingModel extends OrderDays {
  readonly seed: number;
  readonly lifecycle: Lifecycle;
  readonly scratch: Arena;
  /** Seconds since 1970 from which nothing is known. */
  readonly observedUntil: number;
}

/** When some orders were placed, in seconds since 1970, and what became of them. */
export interface TracedOrders extends OrderStages {
  readonly placed: Float64Array;
}

/** Traces orders `from` to `to - 1` of a day, in arrays of `memory`. */
export function traceOrders(
  lifecycle: Lifecycle,
  day: OrderDay,
  from: number,
  to: number,
  memory: Arena,
): TracedOrders {
  const placed = memory.float64s(to - from, false);
  for (let i = from; i < to; i++) placed[i - from] = (day.startMs * 1000 + (day.times[i] as number)) / 1e6;
  const stages = lifecycle.trace(
    {
      keys: day.keys.subarray(from, to),
      placed,
      countries: day.countries.subarray(from, to),
      paymentMethods: day.paymentMethods.subarray(from, to),
      isCancelled: day.isCancelled.subarray(from, to),
      returnKinds: day.lines.returnKinds.subarray(from, to),
    },
    memory,
  );
  return { placed, ...stages };
}
