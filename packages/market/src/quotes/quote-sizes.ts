/** Logarithm of the lots at the best price: mean and standard deviation. */
const LOG_MEAN = 0.8;
const LOG_SD = 1.02;

/** The table of lots has one for each deviation of log size, in steps, within ±4 standard deviations. */
export const LOTS_PER_SD = 512;
export const MIDDLE_LOTS = 2_048;
export const LOTS_AT = 4_096;

/** Makes a table of lots at the best bid or ask by the deviation of their logarithm: log-normal, at least one. */
export function lotsTable(): Int32Array {
  return Int32Array.from({ length: LOTS_AT }, (_, i) => {
    const deviation = (i + 0.5 - MIDDLE_LOTS) / LOTS_PER_SD;
    return Math.max(1, Math.round(Math.exp(LOG_MEAN + LOG_SD * deviation)));
  });
}
