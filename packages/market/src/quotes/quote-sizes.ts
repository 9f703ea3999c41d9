import { normalTable } from './normal-table.ts';

/** Logarithm of the lots at the best price: mean and standard deviation. */
const LOG_MEAN = 0.8;
const LOG_SD = 1.02;

let table: Int32Array | undefined;

/** Lots at the best bid or ask, 4,096 equally likely sizes: log-normal, rounded, at least one lot. */
export function lotsTable(): Int32Array {
  return (table ??= Int32Array.from(normalTable(), (z) =>
    Math.max(1, Math.round(Math.exp(LOG_MEAN + LOG_SD * z))),
  ));
}
