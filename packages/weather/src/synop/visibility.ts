const { exp, log, max, min, round, sqrt } = Math;

/** Visibility in air without precipitation by relative humidity in per cent, km: water swells the haze. */
const ofHumidity = Float64Array.from({ length: 101 }, (_, percent) => {
  const dryness = 1 - percent / 100;
  return 0.9 + 45 * sqrt(dryness) * (dryness < 0.05 ? dryness / 0.05 : 1);
});
/** Wind stronger than this disperses fog, 0.1 m/s; warmer air has none, 0.1 °C. */
const FOG_BELOW_WIND = 40;
const FOG_BELOW_TEMPERATURE = 200;
const DISPERSED_KM = 2.5;
const LEAST_KM = 0.1;
const GREATEST_KM = 70;

/**
 * How far one sees, m, in the steps of SYNOP reports (WMO code table 4377): by humidity, and by extinction in rain of
 * 11.6 km at 1 mm an hour (Atlas 1953) and in snow of a tenth of that. `haze` is a standard normal.
 */
export function visibilityM(
  humidityPct: number,
  temperatureTenths: number,
  windTenths: number,
  rainTenths: number,
  isSnow: boolean,
  haze: number,
): number {
  let km = (ofHumidity[humidityPct] as number) * exp(0.4 * haze);
  if (windTenths > FOG_BELOW_WIND || temperatureTenths > FOG_BELOW_TEMPERATURE) km = max(km, DISPERSED_KM);
  if (rainTenths > 0) {
    const inPrecipitation = (isSnow ? 1.2 : 11.6) * exp(-0.63 * log(rainTenths / 10));
    km = 1 / (1 / km + 1 / inPrecipitation);
  }
  return inSteps(min(GREATEST_KM, max(LEAST_KM, km)));
}

/** Steps of 100 m up to 5 km, of 1 km up to 30 km, of 5 km beyond. */
function inSteps(km: number): number {
  const stepM = km < 5 ? 100 : km < 30 ? 1_000 : 5_000;
  return stepM * round((1_000 * km) / stepM);
}
