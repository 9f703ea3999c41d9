import type { GeoPoint } from '@datagen/core/random';
import type { HolidayRegion } from './public-holidays.ts';

/** A town that sites are in. */
export interface Town extends GeoPoint {
  readonly name: string;
  /** ISO 3166-1 code, two letters. */
  readonly country: string;
  /** Name of the time zone in the database of the IANA. */
  readonly timeZone: string;
  /** Hours that the clock is ahead of UTC in winter. */
  readonly utcOffset: number;
  readonly region: HolidayRegion;
  /** Metres above the sea, from the elevation model of GeoNames (CC BY 4.0). */
  readonly elevation: number;
  /** Annual mean of the air temperature, °C. */
  readonly meanTemperature: number;
  /** Half the difference between the warmest and the coldest time of the year, °C. */
  readonly annualAmplitude: number;
}

/* prettier-ignore */
type Row = [name: string, latitude: number, longitude: number, timeZone: string, utcOffset: number,
  region: HolidayRegion, elevation: number, meanTemperature: number, annualAmplitude: number];

/**
 * Ports and industrial towns of Europe. Sites are spread over them in this order, so new ones go last. Temperatures are
 * near the normals of 1991-2020, rounded to half a degree.
 */
/* prettier-ignore */
const ROWS: readonly Row[] = [
  ['Rotterdam', 51.92, 4.48, 'Europe/Amsterdam', 1, 'NL', -4, 11, 7.5],
  ['Leipzig', 51.34, 12.37, 'Europe/Berlin', 1, 'DE-SN', 110, 10, 9.5],
  ['Lyon', 45.76, 4.84, 'Europe/Paris', 1, 'FR', 173, 13, 9.5],
  ['Turin', 45.07, 7.69, 'Europe/Rome', 1, 'IT', 240, 13.5, 10.5],
  ['Bilbao', 43.26, -2.93, 'Europe/Madrid', 1, 'ES-PV', 33, 14.5, 5.5],
  ['Katowice', 50.26, 19.02, 'Europe/Warsaw', 1, 'PL', 271, 9, 10],
  ['Gothenburg', 57.71, 11.97, 'Europe/Stockholm', 1, 'SE', 6, 8.5, 9],
  ['Hamburg', 53.55, 9.99, 'Europe/Berlin', 1, 'DE-HH', 3, 10, 8.5],
  ['Antwerp', 51.22, 4.4, 'Europe/Brussels', 1, 'BE', 2, 11, 7.5],
  ['Linz', 48.31, 14.29, 'Europe/Vienna', 1, 'AT', 266, 10, 10],
  ['Basel', 47.56, 7.59, 'Europe/Zurich', 1, 'CH-BS', 265, 11, 9.5],
  ['Tampere', 61.5, 23.76, 'Europe/Helsinki', 2, 'FI', 114, 5, 11.5],
  ['Zaragoza', 41.65, -0.89, 'Europe/Madrid', 1, 'ES-AR', 183, 16, 9.5],
  ['Brno', 49.2, 16.61, 'Europe/Prague', 1, 'CZ', 226, 10, 10.5],
  ['Stuttgart', 48.78, 9.18, 'Europe/Berlin', 1, 'DE-BW', 255, 10.5, 9.5],
  ['Porto', 41.15, -8.61, 'Europe/Lisbon', 0, 'PT', 91, 15, 5.5],
  ['Győr', 47.69, 17.63, 'Europe/Budapest', 1, 'HU', 109, 11, 11],
  ['Aarhus', 56.16, 10.2, 'Europe/Copenhagen', 1, 'DK', 1, 8.5, 8],
  ['Lille', 50.63, 3.06, 'Europe/Paris', 1, 'FR', 23, 11, 7.5],
  ['Bologna', 44.49, 11.34, 'Europe/Rome', 1, 'IT', 54, 14.5, 11],
];

export const TOWNS: readonly Town[] = ROWS.map(
  ([
    name,
    latitude,
    longitude,
    timeZone,
    utcOffset,
    region,
    elevation,
    meanTemperature,
    annualAmplitude,
  ]) => ({
    name,
    country: region.slice(0, 2),
    latitude,
    longitude,
    timeZone,
    utcOffset,
    region,
    elevation,
    meanTemperature,
    annualAmplitude,
  }),
);

/** The place in the list of the town that a site is in. */
export function townIndexOf(site: number): number {
  return site % TOWNS.length;
}

/** The town that a site is in. */
export function townOf(site: number): Town {
  return TOWNS[townIndexOf(site)] as Town;
}
