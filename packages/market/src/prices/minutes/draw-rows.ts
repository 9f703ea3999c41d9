/**
 * Numbers that belong to a minute are drawn by position, as row `day * ROWS_PER_DAY + minute`. A day has more rows than
 * any session has minutes; from `DAY_ROW` on they belong to the day as a whole.
 */
export const ROWS_PER_DAY = 1_024;
export const DAY_ROW = 1_000;
