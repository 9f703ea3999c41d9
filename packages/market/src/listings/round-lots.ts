import { dayOfDate, dayOfText } from '../exchange/dates.ts';

/** From this day on round lots in the United States depend on the price: Rule 600(b)(93) of Regulation NMS. */
const TIERS_FROM = dayOfText('2025-11-03');
/** A lot, for shares up to this price. */
const TIERS = [
  [250, 100],
  [1_000, 40],
  [10_000, 10],
  [Infinity, 1],
] as const;
const PLAIN_LOT = 100;
const [MARCH, MAY, SEPTEMBER, NOVEMBER] = [3, 5, 9, 11] as const;

/** Whether the price of a share decides its round lot on a day at an exchange. */
export function hasPricedLots(exchange: string, day: number): boolean {
  return exchange === 'XNYS' && day >= TIERS_FROM;
}

/** Shares of a round lot on a day, of a share whose mean close in the month that decides is `price`. */
export function roundLot(exchange: string, day: number, price: number): number {
  // Xetra trades single shares.
  if (exchange !== 'XNYS') return 1;
  if (day < TIERS_FROM) return PLAIN_LOT;
  return TIERS.find(([highest]) => price <= highest)?.[1] ?? 1;
}

/**
 * The month whose closes decide the round lot of a day, as its first day and the one after its last: March for the days
 * from May to October, September for those from November to April.
 */
export function lotMonth(day: number): readonly [first: number, end: number] {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const isSummer = month >= MAY && month < NOVEMBER;
  const decidedIn = isSummer ? MARCH : SEPTEMBER;
  const decidedYear = month < MAY ? year - 1 : year;
  return [dayOfDate(decidedYear, decidedIn, 1), dayOfDate(decidedYear, decidedIn + 1, 1)];
}
