const { log } = Math;

/** The constants of Magnus' formula over water, ln(e / e0) = A T / (B + T) with T in °C (Sonntag 1990). */
export const MAGNUS_A = 17.62;
export const MAGNUS_B = 243.12;

/** How far the dew point lies below the temperature, °C, where the relative humidity is `percent`. */
export function dewPointDepression(temperatureC: number, percent: number): number {
  const logPressure = log(percent / 100) + (MAGNUS_A * temperatureC) / (MAGNUS_B + temperatureC);
  return temperatureC - (MAGNUS_B * logPressure) / (MAGNUS_A - logPressure);
}
