import { samplePoisson } from '../samplers/counts.ts';
import type { RandomStream } from '../streams/random-stream.ts';

const { ceil, exp, log } = Math;

/** More children of one event are not drawn; with a branching ratio of 0.9 that happens once in 10^15. */
const MAX_CHILDREN = 15;

export interface HawkesOptions {
  /** Mean number of events that one event triggers itself, in [0, 1). */
  readonly branchingRatio: number;
  /** How long after an event its children come: a mixture of exponentials. */
  readonly kernel: readonly { readonly weight: number; readonly meanDelay: number }[];
  /** Descendants later than this after their first ancestor are left out, so that a window knows how far to look. */
  readonly maxClusterSpan: number;
  /** Immigrants are drawn in blocks of this length, each from a stream of its own. */
  readonly blockLength: number;
}

/**
 * A Hawkes process, whose events trigger further events, that can be read anywhere: drawn as a cluster process
 * (Hawkes and Oakes, "A cluster process representation of a self-exciting process", 1974), Poisson immigrants with
 * the tree of descendants of each. A block's stream draws its immigrants and their whole trees, whatever window is
 * asked for, so that any windows give the same events. Times are in any one unit, counted from a fixed origin.
 */
export class HawkesProcess {
  readonly #blockLength: number;
  readonly #maxClusterSpan: number;
  readonly #childCounts: Float64Array;
  readonly #kernelLimits: Float64Array;
  readonly #meanDelays: Float64Array;
  #times = new Float64Array(1024);
  #origins = new Float64Array(1024);

  constructor({ branchingRatio, kernel, maxClusterSpan, blockLength }: HawkesOptions) {
    this.#blockLength = blockLength;
    this.#maxClusterSpan = maxClusterSpan;
    let term = exp(-branchingRatio);
    let sum = 0;
    this.#childCounts = Float64Array.from({ length: MAX_CHILDREN }, (_, k) => {
      if (k > 0) term *= branchingRatio / k;
      return (sum += term);
    });
    const total = kernel.reduce((weights, { weight }) => weights + weight, 0);
    let limit = 0;
    this.#kernelLimits = Float64Array.from(kernel, ({ weight }) => (limit += weight / total));
    this.#meanDelays = Float64Array.from(kernel, ({ meanDelay }) => meanDelay);
  }

  /**
   * The times of all events in blocks `firstBlock` to `endBlock - 1`, in rising order. `immigrantRate` is the number
   * of immigrants per unit of time in a block; events come `1 / (1 - branchingRatio)` times as often.
   */
  events(
    firstBlock: number,
    endBlock: number,
    immigrantRate: (block: number) => number,
    streamOf: (block: number) => RandomStream,
  ): Float64Array {
    const length = this.#blockLength;
    const [start, end] = [firstBlock * length, endBlock * length];
    let found = new Float64Array(4096);
    let foundCount = 0;
    for (let block = firstBlock - ceil(this.#maxClusterSpan / length); block < endBlock; block++) {
      const count = this.#drawTrees(streamOf(block), block * length, immigrantRate(block));
      const times = this.#times;
      if (foundCount + count > found.length) found = grown(found, foundCount + count);
      for (let i = 0; i < count; i++) {
        const time = times[i] as number;
        if (time >= start && time < end) found[foundCount++] = time;
      }
    }
    return sortEvenly(found.subarray(0, foundCount), start, end);
  }

  /** Draws the immigrants of a block and all their descendants into the first places of `#times`. */
  #drawTrees(stream: RandomStream, start: number, rate: number): number {
    const length = this.#blockLength;
    const span = this.#maxClusterSpan;
    const [childCounts, kernelLimits, meanDelays] = [this.#childCounts, this.#kernelLimits, this.#meanDelays];
    const lastKernel = kernelLimits.length - 1;
    const { uniform } = stream;
    let count = samplePoisson(stream, rate * length);
    this.#reserve(count);
    let [times, origins] = [this.#times, this.#origins];
    for (let i = 0; i < count; i++) times[i] = origins[i] = start + uniform() * length;
    for (let parent = 0; parent < count; parent++) {
      const u = uniform();
      let children = 0;
      while (children < MAX_CHILDREN && u >= (childCounts[children] as number)) children++;
      if (children === 0) continue;
      if (count + children > times.length) {
        this.#reserve(count + children);
        [times, origins] = [this.#times, this.#origins];
      }
      const time = times[parent] as number;
      const origin = origins[parent] as number;
      for (let child = 0; child < children; child++) {
        const v = uniform();
        let part = 0;
        while (part < lastKernel && v >= (kernelLimits[part] as number)) part++;
        const at = time - log(1 - uniform()) * (meanDelays[part] as number);
        if (at - origin > span) continue;
        times[count] = at;
        origins[count++] = origin;
      }
    }
    return count;
  }

  #reserve(count: number): void {
    if (count <= this.#times.length) return;
    this.#times = grown(this.#times, count);
    this.#origins = grown(this.#origins, count);
  }
}

/**
 * Sorts numbers of [start, end) that are spread rather evenly: into as many equal bins as there are numbers, and by
 * insertion within them. Three times as fast as the general sort.
 */
function sortEvenly(values: Float64Array, start: number, end: number): Float64Array {
  const count = values.length;
  const scale = count / (end - start);
  // One bin more, for what rounding puts at `end`.
  const next = new Int32Array(count + 2);
  for (let i = 0; i < count; i++) {
    const bin = (((values[i] as number) - start) * scale) | 0;
    next[bin + 1] = (next[bin + 1] as number) + 1;
  }
  for (let bin = 1; bin <= count + 1; bin++) next[bin] = (next[bin] as number) + (next[bin - 1] as number);
  const sorted = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    const bin = ((value - start) * scale) | 0;
    const at = next[bin] as number;
    sorted[at] = value;
    next[bin] = at + 1;
  }
  for (let i = 1; i < count; i++) {
    const value = sorted[i] as number;
    let at = i;
    while (at > 0 && (sorted[at - 1] as number) > value) {
      sorted[at] = sorted[at - 1] as number;
      at--;
    }
    sorted[at] = value;
  }
  return sorted;
}

function grown(values: Float64Array, atLeast: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(values.length * 2, atLeast));
  larger.set(values);
  return larger;
}
