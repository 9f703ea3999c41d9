/** Share of the products that are on sale at any time; the others come later or have gone. */
const ACTIVE_SHARE = 0.65;
/** Catalogues that are no larger do not change. */
const SMALLEST_RANGE = 20;

/** Number of products on sale at a time, of so many in all. */
export function activeCountOf(nProducts: number): number {
  return Math.min(nProducts, Math.max(SMALLEST_RANGE, Math.ceil(ACTIVE_SHARE * nProducts)));
}
