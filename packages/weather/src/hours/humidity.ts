import { RoundedCurve } from '../climate/rounded-curve.ts';
import { MAGNUS_A, MAGNUS_B } from '../climate/vapour.ts';
import { type HourlyValues, HOURS_PER_DAY } from './hourly-values.ts';

/**
 * The logarithm of the vapour pressure over water at a temperature in 0.1 °C, less a constant and divided by another:
 * Magnus' formula (Sonntag 1990).
 */
function logVapourPressure(tenths: number): number {
  return tenths / 10 / (MAGNUS_B + tenths / 10);
}

const LEAST_TENTHS = -1_000;
/** The same for temperatures from -100 °C to 60 °C, which hardly any hour leaves. */
const logVapourPressures = Float64Array.from({ length: 1_600 }, (_, i) =>
  logVapourPressure(LEAST_TENTHS + i),
);

function knownLogVapourPressure(tenths: number): number {
  return logVapourPressures[tenths - LEAST_TENTHS] ?? logVapourPressure(tenths);
}

/** Relative humidity in per cent, by how far the logarithm lies below that of saturated air. */
const humidities = new RoundedCurve((difference) => 100 * Math.exp(MAGNUS_A * difference), -0.4, 0);

/** Writes the relative humidity of the 24 hours from position `at` on, out of temperatures and dew points as written. */
export function fillHumidity({ temperature, dewPoint, humidity }: HourlyValues, at: number): void {
  for (let row = at; row < at + HOURS_PER_DAY; row++) {
    const t = knownLogVapourPressure(temperature[row] as number);
    const dew = knownLogVapourPressure(dewPoint[row] as number);
    humidity[row] = humidities.at(dew - t);
  }
}
