import type { Climate } from '../climate/climate.ts';
import { cityWind } from './city-winds.ts';
import { type Station, stationOf } from './stations.ts';

/** A city that can be named without its coordinates. */
export interface City {
  readonly name: string;
  /** ISO 3166 code, two letters. */
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly elevationM: number;
  readonly climate: Climate;
  readonly station: Station;
}

/* prettier-ignore */
type Row = [name: string, country: string, latitude: number, longitude: number, elevationM: number,
  meanC: number, amplitudeC: number, warmestDay: number, dailyRangeC: number,
  wetAfterWet: number, wetAfterDry: number, wetDayMm: number, windMs: number,
  warmestHumidityPct: number, coldestHumidityPct: number, rainSwing: number,
  changeability: number];

/**
 * Near the normals of 1991-2020, rounded; Berlin, Dresden, Madrid, Helsinki, Stockholm, Singapore and Sydney are
 * checked against stations or their meteorological services. Chances of wet days are chosen to give their number a
 * year where series of days were not at hand.
 */
/* prettier-ignore */
const ROWS: readonly Row[] = [
  ['Berlin', 'DE', 52.52, 13.405, 34, 10.0, 9.6, 199, 8.3, 0.47, 0.24, 5.3, 3.7, 66, 86, 0.22, 1.08],
  ['Madrid', 'ES', 40.4168, -3.7038, 667, 15.4, 9.8, 203, 9.9, 0.46, 0.12, 7.0, 2.6, 34, 72, -0.2, 0.95],
  ['Helsinki', 'FI', 60.1699, 24.9384, 20, 6.5, 11.0, 205, 6.2, 0.48, 0.25, 5.4, 4.2, 71, 88, 0.25, 1],
  ['Stockholm', 'SE', 59.3293, 18.0686, 28, 8.0, 10.0, 204, 6.9, 0.42, 0.23, 5.0, 3.8, 69, 85, 0.28, 1],
  ['London', 'GB', 51.5074, -0.1278, 24, 11.6, 7.0, 203, 7.3, 0.47, 0.23, 5.4, 4.0, 68, 83, 0.06, 0.85],
  ['Paris', 'FR', 48.8566, 2.3522, 42, 12.4, 8.0, 202, 8.0, 0.47, 0.23, 5.7, 3.4, 68, 84, 0.1, 0.98],
  ['Rome', 'IT', 41.9028, 12.4964, 37, 15.8, 8.6, 207, 10.0, 0.45, 0.14, 10.7, 3.1, 64, 76, -0.1, 0.9],
  ['New York', 'US', 40.7128, -74.006, 10, 13.2, 12.1, 204, 8.2, 0.34, 0.23, 13.3, 4.2, 65, 61, 0.12, 1.35],
  ['São Paulo', 'BR', -23.5505, -46.6333, 760, 20.2, 3.2, 35, 9.0, 0.54, 0.22, 13.4, 2.6, 79, 75, 0.1, 1.15],
  ['Tokyo', 'JP', 35.6762, 139.6503, 40, 15.8, 10.6, 213, 7.5, 0.42, 0.24, 15.0, 3.0, 76, 52, 0.25, 0.85],
  ['Singapore', 'SG', 1.3521, 103.8198, 15, 27.7, 0.9, 150, 7.0, 0.62, 0.34, 12.4, 2.2, 83, 84, -0.05, 0.85],
  ['Sydney', 'AU', -33.8688, 151.2093, 40, 18.3, 5.2, 20, 7.6, 0.52, 0.24, 9.5, 3.6, 66, 64, 0.1, 1.1],
  ['Amsterdam', 'NL', 52.3676, 4.9041, 0, 10.7, 7.3, 206, 7.2, 0.54, 0.26, 6.4, 4.9, 77, 87, 0.15, 1],
  ['Beijing', 'CN', 39.9042, 116.4074, 44, 13.0, 15.2, 200, 10.3, 0.32, 0.125, 9.4, 2.4, 70, 44, 0.4, 1],
  ['Buenos Aires', 'AR', -34.6037, -58.3816, 25, 18.0, 6.7, 17, 9.0, 0.32, 0.18, 16.0, 3.4, 63, 77, 0.12, 1.2],
  ['Cairo', 'EG', 30.0444, 31.2357, 23, 22.0, 7.4, 205, 10.5, 0.2, 0.017, 3.2, 3.5, 58, 59, -0.1, 1],
  ['Cape Town', 'ZA', -33.9249, 18.4241, 25, 17.0, 4.7, 30, 9.0, 0.42, 0.135, 7.5, 4.6, 70, 80, -0.2, 1.05],
  ['Chicago', 'US', 41.8781, -87.6298, 181, 10.6, 13.4, 204, 9.3, 0.36, 0.22, 10.3, 4.5, 69, 71, 0.25, 1.6],
  ['Copenhagen', 'DK', 55.6761, 12.5683, 9, 9.5, 8.8, 207, 6.2, 0.46, 0.25, 5.2, 4.8, 71, 86, 0.22, 0.95],
  ['Dresden', 'DE', 51.0504, 13.7373, 113, 9.8, 9.7, 199, 8.4, 0.47, 0.24, 5.4, 3.5, 67, 81, 0.2, 1.1],
  ['Dubai', 'AE', 25.2048, 55.2708, 5, 28.8, 8.5, 212, 9.5, 0.35, 0.015, 10.0, 3.6, 56, 65, -0.1, 0.9],
  ['Hamburg', 'DE', 53.5511, 9.9937, 8, 9.8, 8.7, 203, 7.7, 0.5, 0.26, 5.8, 4.0, 73, 86, 0.18, 1],
  ['Los Angeles', 'US', 34.0522, -118.2437, 87, 18.0, 4.5, 222, 9.0, 0.42, 0.055, 11.3, 2.4, 71, 62, -0.3, 1],
  ['Melbourne', 'AU', -37.8136, 144.9631, 31, 16.0, 5.4, 23, 9.3, 0.42, 0.195, 6.8, 4.0, 60, 73, 0.1, 1.2],
  ['Mexico City', 'MX', 19.4326, -99.1332, 2240, 17.0, 2.6, 135, 12.0, 0.58, 0.18, 7.5, 2.4, 48, 55, 0.1, 0.9],
  ['Munich', 'DE', 48.1351, 11.582, 519, 9.7, 9.8, 201, 9.2, 0.49, 0.26, 7.5, 2.9, 71, 85, 0.33, 1.15],
  ['Nairobi', 'KE', -1.2921, 36.8219, 1661, 18.7, 1.6, 60, 11.0, 0.5, 0.15, 11.6, 3.3, 62, 72, 0, 0.8],
  ['Oslo', 'NO', 59.9139, 10.7522, 23, 7.0, 11.2, 202, 7.6, 0.47, 0.22, 7.1, 2.7, 68, 84, 0.2, 1],
  ['Prague', 'CZ', 50.0755, 14.4378, 235, 9.5, 10.0, 201, 8.6, 0.43, 0.19, 5.4, 3.6, 67, 85, 0.28, 1.1],
  ['Reykjavik', 'IS', 64.1466, -21.9426, 52, 5.1, 5.8, 204, 5.1, 0.58, 0.29, 5.8, 5.2, 77, 78, -0.1, 0.75],
  ['Seoul', 'KR', 37.5665, 126.978, 38, 12.8, 14.3, 208, 8.5, 0.42, 0.175, 16.7, 2.4, 77, 57, 0.4, 1.15],
  ['Toronto', 'CA', 43.6532, -79.3832, 76, 9.5, 12.8, 206, 8.3, 0.38, 0.24, 8.1, 4.1, 68, 76, 0.2, 1.45],
  ['Vienna', 'AT', 48.2082, 16.3738, 190, 11.0, 10.4, 202, 8.6, 0.44, 0.21, 6.8, 3.5, 64, 79, 0.25, 1.1],
  ['Warsaw', 'PL', 52.2297, 21.0122, 110, 9.0, 11.0, 201, 8.3, 0.46, 0.2, 5.6, 3.6, 71, 87, 0.28, 1.1],
  ['Zurich', 'CH', 47.3769, 8.5417, 430, 9.9, 9.4, 202, 8.2, 0.51, 0.265, 8.4, 2.5, 69, 84, 0.25, 1.1],
];

export const CITIES: ReadonlyMap<string, City> = new Map(
  ROWS.map(([name, country, latitude, longitude, elevationM, ...climate]) => {
    const [
      meanC,
      amplitudeC,
      warmestDay,
      dailyRangeC,
      wetAfterWet,
      wetAfterDry,
      wetDayMm,
      windMs,
      warmest,
      coldest,
      rainSwing,
      changeability,
    ] = climate;
    const described = {
      meanC,
      amplitudeC,
      warmestDay,
      dailyRangeC,
      wetAfterWet,
      wetAfterDry,
      wetDayMm,
      humidityPct: { warmest, coldest },
      changeability,
      rainSwing,
      windMs,
      wind: cityWind(name, latitude >= 0),
    };
    return [
      name,
      { name, country, latitude, longitude, elevationM, climate: described, station: stationOf(name) },
    ];
  }),
);

/** The default of `locations`: cities on five continents, seven of them near enough to share their weather. */
export const DEFAULT_CITIES: readonly string[] = ROWS.slice(0, 12).map(([name]) => name);
