/** Logarithm of the lots at the best price: mean and standard deviation. */
const LOG_MEAN = 0.8;
const LOG_SD = 1.02;

/** Makes a table of equally likely lots at the best bid or ask, of one of normal numbers: log-normal, at least one. */
export function lotsTable(normals: Float64Array): Int32Array {
  return Int32Array.from(normals, (z) => Math.max(1, Math.round(Math.exp(LOG_MEAN + LOG_SD * z))));
}
