import type { GeoPoint } from '@datagen/core/random';
import type { Climate, WindClimate } from './climate.ts';
import type { Seasonal } from './seasonal.ts';
import type { RoseWeights } from './wind-rose.ts';

const { abs, exp, max, min } = Math;

/** How tropical a latitude is: 1 on the equator, 0 from 25 degrees on. */
function tropicalityOf(latitude: number): number {
  return max(0, 1 - abs(latitude) / 25);
}

/**
 * The climate of a place that is known by its position alone: temperature falls by latitude and by 6.5 °C per
 * kilometre, seasons grow with latitude, the tropics are wetter, the air of ice sheets holds little snow, the air of
 * the subtropics is dry. Temperatures are good to about 3 °C.
 */
export function climateOf({ latitude }: GeoPoint, elevationM: number): Climate {
  const tropicality = tropicalityOf(latitude);
  const meanC = 27.5 - 0.0057 * latitude * latitude - 0.0065 * elevationM;
  // Saturated air holds a twelfth less water for each degree, which shows where all seasons are cold.
  const moisture = max(0.15, exp(0.12 * min(0, meanC + 8)));
  return {
    meanC,
    amplitudeC: 0.16 * abs(latitude),
    warmestDay: latitude >= 0 ? 200 : 18,
    dailyRangeC: 8.3,
    wetAfterWet: (0.47 + 0.13 * tropicality) * (0.4 + 0.6 * moisture),
    wetAfterDry: (0.23 + 0.1 * tropicality) * moisture,
    wetDayMm: 1 + (4.5 + 6.5 * tropicality) * (0.2 + 0.8 * moisture),
    humidityPct: humidityAt(abs(latitude)),
    changeability: 1,
    rainSwing: 0.2 * (1 - tropicality),
    windMs: 3.5,
    wind: windAt(latitude),
  };
}

/** Mean relative humidity by degrees of latitude, %: low in the subtropics, where air descends. */
const HUMIDITY: readonly (readonly [latitude: number, warmest: number, coldest: number])[] = [
  [0, 81, 82],
  [25, 58, 64],
  [35, 60, 72],
  [50, 68, 83],
  [65, 72, 84],
  [90, 68, 66],
];

function humidityAt(distance: number): Seasonal {
  const next = max(
    1,
    HUMIDITY.findIndex(([latitude]) => distance <= latitude),
  );
  const [[from, ...low], [to, ...high]] = [HUMIDITY[next - 1], HUMIDITY[next]] as [
    [number, number, number],
    [number, number, number],
  ];
  const share = (distance - from) / (to - from);
  return {
    warmest: low[0] + share * (high[0] - low[0]),
    coldest: low[1] + share * (high[1] - low[1]),
  };
}

/** The winds of the north: trades below 30 degrees of latitude, westerlies to 65, polar easterlies beyond. */
const ZONES: readonly (readonly [below: number, rose: RoseWeights])[] = [
  [30, [16, 28, 24, 10, 7, 5, 4, 6]],
  [65, [9, 8, 9, 10, 13, 19, 19, 13]],
  [91, [16, 22, 18, 11, 9, 8, 7, 9]],
];
const NORTHERN: readonly WindClimate[] = ZONES.map(([, rose]) => ({
  rose,
  isNorthern: true,
  warmFromDeg: { warmest: 170, coldest: 215 },
  monsoon: 0,
}));
/** The same, mirrored at the equator. */
const SOUTHERN: readonly WindClimate[] = ZONES.map(([, [n, ne, e, se, s, sw, w, nw]]) => ({
  rose: [s, se, e, ne, n, nw, w, sw],
  isNorthern: false,
  warmFromDeg: { warmest: 10, coldest: 325 },
  monsoon: 0,
}));

function windAt(latitude: number): WindClimate {
  const zone = ZONES.findIndex(([below]) => abs(latitude) < below);
  return (latitude >= 0 ? NORTHERN : SOUTHERN)[zone] as WindClimate;
}
