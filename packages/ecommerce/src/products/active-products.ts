const ACTIVE_SHARE = 0.95;

/** Number of products on sale in a catalogue of so many. */
export function activeCountOf(nProducts: number): number {
  return Math.ceil(ACTIVE_SHARE * nProducts);
}
