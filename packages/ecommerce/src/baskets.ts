import type { Arena, RandomStream } from '@datagen/core';

/**
 * Numbers of lines for `orderCount` orders that have `orderCount + extraCount` lines together, each order at least
 * one and at most `maxLines`.
 *
 * Given their sum, independent negative binomials of one shape are Dirichlet-multinomial, which is what Pólya's urn
 * draws: a further line goes to a random order, or with odds `lines placed : orders · shape` to the order of a random
 * line placed before. So baskets are exactly 1 + NB, and a day's number of rows is known without making them.
 * They lie in `memory`, in the place of whatever it held.
 */
export function drawBaskets(
  stream: RandomStream,
  orderCount: number,
  extraCount: number,
  shape: number,
  maxLines: number,
  memory: Arena,
): Int32Array {
  memory.reset();
  const lines = memory.int32s(orderCount).fill(1);
  const owners = memory.int32s(extraCount);
  const newcomers = orderCount * shape;
  for (let placed = 0; placed < extraCount; placed++) {
    const x = stream.uniform() * (newcomers + placed);
    let order = x < placed ? (owners[x | 0] as number) : Math.min(orderCount - 1, ((x - placed) / shape) | 0);
    while ((lines[order] as number) >= maxLines) order = order === orderCount - 1 ? 0 : order + 1;
    lines[order] = (lines[order] as number) + 1;
    owners[placed] = order;
  }
  return lines;
}
