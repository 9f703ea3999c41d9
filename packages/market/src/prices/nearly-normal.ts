const SCALE = 1 / Math.sqrt((256 * 256 - 1) / 3);

/**
 * 32 random bits as a nearly normal number, mean 0 and variance 1, within ±3.5: the sum of their four bytes. A fifth
 * of the cost of a normal quantile, for noise that is summed up or whose tails do not matter.
 */
export function nearlyNormal(bits: number): number {
  // Two bytes at a time, each in half a word.
  const pairs = (bits & 0xff00ff) + ((bits >>> 8) & 0xff00ff);
  return ((pairs & 0xffff) + (pairs >>> 16) - 510) * SCALE;
}
