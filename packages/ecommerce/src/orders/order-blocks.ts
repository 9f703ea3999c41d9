import {
  type Block,
  type BlockFilter,
  type ChunkFiller,
  DAY_MS,
  dayBlocks,
  formatDay,
  type OpenBlock,
  type TimeRange,
} from '@datagen/core/generator';
import type { OrderCalendar } from './order-calendar.ts';
import type { OrderDay } from './order-day.ts';

/** What the tables of orders and of their lines need of the shop. */
export interface OrderDays {
  readonly launchMs: number;
  readonly calendar: OrderCalendar;
  /** The orders of day `index` after launch; those of the last days asked for are kept. */
  orderDay(index: number): OrderDay;
  /** Refuses days for which there are no orders, or too many. */
  checkWindow(window: TimeRange): void;
}

/** A block for each wanted day of the window, with as many rows as the day has orders, or lines. */
export function* orderBlocks(
  days: OrderDays,
  window: TimeRange,
  wanted: BlockFilter | undefined,
  counted: 'orderCount' | 'lineCount',
): Generator<Block> {
  days.checkWindow(window);
  const describe = (startMs: number) => ({
    rowCount: days.calendar.dayAt((startMs - days.launchMs) / DAY_MS)[counted],
    exact: true,
    values: { order_date: formatDay(startMs) },
  });
  yield* dayBlocks(window, describe, wanted);
}

/** The day that a block is filled from. */
export function dayOfBlock(days: OrderDays, { time }: Block): OrderDay {
  return days.orderDay(((time?.startMs ?? 0) - days.launchMs) / DAY_MS);
}

/** A block of rows that `fill` reads from a day, which is kept as it is until the last of them. */
export function readDay(day: OrderDay, rowCount: number, fill: ChunkFiller): OpenBlock {
  day.readers++;
  return {
    rowCount,
    fill: (builder, start) => {
      fill(builder, start);
      if (start + builder.length === rowCount) day.readers--;
    },
  };
}
