import type { Compression } from './options.ts';

/** The options of every generator as a caller writes them: all may be left out. A generator's own options extend these. */
export interface GeneratorOptions {
  /**
   * Seed of all random streams, a whole number from 0 on. Another seed is another dataset.
   * @default 42
   */
  seed?: number | undefined;
  /**
   * Rows per data file to aim at, from 1 on; a block is never split. It changes no row.
   * @default 250_000
   */
  fileRowsTarget?: number | undefined;
  /**
   * Compression codec of the data files. It changes no row.
   * @default 'snappy'
   */
  compression?: Compression | undefined;
  /** First UTC day to generate, `YYYY-MM-DD`; by default 30 days end with `endDate`. */
  startDate?: string | undefined;
  /** Last UTC day to generate, inclusive, `YYYY-MM-DD`; the default is yesterday. */
  endDate?: string | undefined;
}
