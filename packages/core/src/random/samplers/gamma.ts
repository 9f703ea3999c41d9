import type { KeyedRandom } from '../streams/keyed-random.ts';
import { sampleNormal } from './normal.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { RandomStream } from '../streams/random-stream.ts';

/**
 * A gamma number with the given shape (above 0) and scale 1; mean and variance are both `shape`.
 * Marsaglia and Tsang, "A simple method for generating gamma variables" (ACM TOMS 26(3), 2000).
 */
export function sampleGamma(stream: RandomStream, shape: number): number {
  // Below 1 the method needs shape + 1 and a power of a uniform; exp(log) because Math.pow differs between engines.
  if (shape < 1) return sampleGamma(stream, shape + 1) * Math.exp(Math.log(1 - stream.double()) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(stream);
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    const u = 1 - stream.double();
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/**
 * The same for a row by its key: from draw number `draw` and as many after it as are needed, 3.1 on average. Most are
 * accepted by the method's bound that needs no logarithm.
 */
export function gammaOf(random: KeyedRandom, key: number, shape: number, draw = 0): number {
  const power = shape < 1 ? Math.exp(-random.exponentialOf(key, draw) / shape) : 1;
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let next = draw + 1; ; next += 2) {
    const x = normalQuantile(random.uniformOf(key, next));
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    const u = random.uniformOf(key, next + 1);
    const square = x * x;
    if (u < 1 - 0.0331 * square * square || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v)))
      return power * d * v;
  }
}
