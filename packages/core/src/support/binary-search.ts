/** How many entries of a rising list are below a bound: the position at which the bound would be put in. */
export function countBelow<T extends number | string>(rising: ArrayLike<T>, bound: T): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as T) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
