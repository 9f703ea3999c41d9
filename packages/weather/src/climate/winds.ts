import type { WindClimate } from './climate.ts';
import { WindRose, WindWarmth } from './wind-rose.ts';

const { sqrt } = Math;

/** The directions of a wind climate and the warmth that they bring, by standard normals. */
export interface Winds {
  readonly rose: WindRose;
  readonly warmth: WindWarmth;
}

/** Places of one zone share its tables, which stay near the processor then. */
const known = new WeakMap<WindClimate, Winds>();

/** The winds of a climate. */
export function windsOf(climate: WindClimate): Winds {
  const winds = known.get(climate) ?? makeWinds(climate);
  known.set(climate, winds);
  return winds;
}

function makeWinds(climate: WindClimate): Winds {
  const rose = new WindRose(climate.rose, climate.isNorthern);
  const { warmest, coldest } = climate.warmFromDeg;
  const shift = windNormal(climate, 0, 1);
  const spread = windNormal(climate, 1, 0);
  const warmth = new WindWarmth(rose.warmth(warmest, shift, spread), rose.warmth(coldest, -shift, spread));
  return { rose, warmth };
}

/** The normal for the rose at a time of year from -1 to 1, out of one that knows no seasons; of variance 1 over the year. */
export function windNormal({ monsoon }: WindClimate, z: number, season: number): number {
  return monsoon === 0 ? z : (z + monsoon * sqrt(2) * season) / sqrt(1 + monsoon * monsoon);
}
