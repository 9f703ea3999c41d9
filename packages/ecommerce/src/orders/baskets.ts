import type { Arena } from '@datagen/core/generator';
import type { RandomStream } from '@datagen/core/random';
import { inStretches } from './stretches.ts';

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
  const lines = memory.int32s(orderCount, false).fill(1);
  const owners = memory.int32s(extraCount, false);
  inStretches(extraCount, (from, to) => {
    placeLines(stream, lines, owners, shape, maxLines, from, to);
  });
  return lines;
}

/** Gives the lines `from` to `to - 1` of the further ones to orders. */
function placeLines(
  stream: RandomStream,
  lines: Int32Array,
  owners: Int32Array,
  shape: number,
  maxLines: number,
  from: number,
  to: number,
): void {
  const orderCount = lines.length;
  const newcomers = orderCount * shape;
  for (let placed = from; placed < to; placed++) {
    const x = stream.uniform() * (newcomers + placed);
    let order = x < placed ? (owners[x | 0] as number) : Math.min(orderCount - 1, ((x - placed) / shape) | 0);
    while ((lines[order] as number) >= maxLines) order = order === orderCount - 1 ? 0 : order + 1;
    lines[order] = (lines[order] as number) + 1;
    owners[placed] = order;
  }
}
