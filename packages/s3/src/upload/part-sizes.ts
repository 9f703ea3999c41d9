const KIB = 1024;
/** The most parts of an upload that S3 takes. */
export const MOST_PARTS = 10_000;

/** The size of a file's first parts, and of what is put at once. S3 takes no part below 5 MiB, except as the last. */
export const FIRST_PART = 8 * 1024 * KIB;
/** Up to here all parts have one size (7.8 GiB in all), as some compatible stores want it. */
const EVEN_PARTS = 1_000;
/** How much each later part is larger than the one before: enough for 5 TiB, the largest object, in 10,000 parts. */
const STEP = 136 * KIB;

/** The bytes of a file's part, by its number from 1. */
export function partSize(number: number): number {
  return FIRST_PART + STEP * Math.max(0, number - EVEN_PARTS);
}
