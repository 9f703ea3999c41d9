import { KeyedRandom } from '@datagen/core/random';
import { type Town, TOWNS, townOf } from './towns.ts';

/** What is constant at a site. */
export interface Site {
  /** Position among the sites, from 0; `site_id` is one more. */
  readonly index: number;
  readonly name: string;
  readonly town: Town;
  readonly latitude: number;
  readonly longitude: number;
  /** Metres above the sea. */
  readonly elevation: number;
  /** Annual mean of the air temperature, °C. */
  readonly meanTemperature: number;
}

/** Sites lie up to so many metres above the centre of their town. */
const RELIEF = 8;

/** Makes the site at a position, from its position alone. */
export function siteAt(seed: number, index: number): Site {
  const random = new KeyedRandom(seed, 'sites');
  const town = townOf(index);
  const above = Math.round(RELIEF * random.uniform(index, 2));
  return {
    index,
    name: `${town.name} ${String(1 + Math.floor(index / TOWNS.length))}`,
    town,
    latitude: town.latitude + 0.1 * (random.uniform(index, 0) - 0.5),
    longitude: town.longitude + 0.15 * (random.uniform(index, 1) - 0.5),
    elevation: town.elevation + above,
    // Falling 6.5 °C per km of height (standard atmosphere), and warmer between buildings.
    meanTemperature: town.meanTemperature - 0.0065 * above + 0.6 * random.uniform(index, 3),
  };
}
