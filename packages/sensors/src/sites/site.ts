import { KeyedRandom } from '@datagen/core/random';

/** Ports and industrial towns of Europe. Sites are spread over them in this order, so new ones go last. */
const TOWNS = [
  ['Rotterdam', 51.92, 4.48],
  ['Leipzig', 51.34, 12.37],
  ['Lyon', 45.76, 4.84],
  ['Turin', 45.07, 7.69],
  ['Bilbao', 43.26, -2.93],
  ['Katowice', 50.26, 19.02],
  ['Gothenburg', 57.71, 11.97],
  ['Hamburg', 53.55, 9.99],
  ['Antwerp', 51.22, 4.4],
  ['Linz', 48.31, 14.29],
  ['Basel', 47.56, 7.59],
  ['Tampere', 61.5, 23.76],
  ['Zaragoza', 41.65, -0.89],
  ['Brno', 49.2, 16.61],
  ['Stuttgart', 48.78, 9.18],
  ['Porto', 41.15, -8.61],
  ['Győr', 47.69, 17.63],
  ['Aarhus', 56.16, 10.2],
  ['Lille', 50.63, 3.06],
  ['Bologna', 44.49, 11.34],
] as const;

/** What is constant at a site. */
export interface Site {
  /** Position among the sites, from 0; `site_id` is one more. */
  readonly index: number;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Metres above the sea. */
  readonly elevation: number;
  /** Whole hours that local time is ahead of UTC, without summer time. */
  readonly utcOffset: number;
  /** Annual mean of the air temperature, °C. */
  readonly meanTemperature: number;
  /** Half the range of the air temperature over the year, °C. */
  readonly annualAmplitude: number;
}

/** Makes the site at a position, from its position alone. */
export function siteAt(seed: number, index: number): Site {
  const random = new KeyedRandom(seed, 'sites');
  const [town, townLatitude, townLongitude] = TOWNS[index % TOWNS.length] as (typeof TOWNS)[number];
  const latitude = townLatitude + 0.15 * (random.uniform(index, 0) - 0.5);
  const longitude = townLongitude + 0.25 * (random.uniform(index, 1) - 0.5);
  const elevation = Math.round(5 + 295 * random.uniform(index, 2));
  return {
    index,
    name: `${town} ${String(1 + Math.floor(index / TOWNS.length))}`,
    latitude,
    longitude,
    elevation,
    utcOffset: Math.round(longitude / 15),
    // By latitude, falling 6.5 °C per km of height (standard atmosphere).
    meanTemperature: 27.5 - 0.0057 * latitude * latitude - 0.0065 * elevation,
    annualAmplitude: 0.18 * latitude,
  };
}
