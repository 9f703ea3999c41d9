import { sampleGamma } from './gamma.ts';
import type { RandomStream } from '../streams/random-stream.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** ln(k!), exact sums below 10 and Stirling's series above, good to 1e-10. */
function logFactorial(k: number): number {
  if (k < 10) {
    let sum = 0;
    for (let i = 2; i <= k; i++) sum += Math.log(i);
    return sum;
  }
  const n = k + 1;
  const inverse = 1 / n;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (n - 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + series;
}

/**
 * A Poisson number with the given mean (0 or more). Products of uniforms below 10; above, the transformed
 * rejection PTRS of Hörmann, "The transformed rejection method for generating Poisson random variables" (1993).
 */
export function samplePoisson(stream: RandomStream, mean: number): number {
  if (mean < 10) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = stream.double(); product > limit; product *= stream.double()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const acceptBelow = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = stream.double() - 0.5;
    const v = 1 - stream.double();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= acceptBelow) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
  }
}

/**
 * A negative binomial number: Poisson with a gamma-distributed mean. Variance is `mean + mean²/shape`.
 * The sum of n such numbers is negative binomial with `n·mean` and `n·shape`.
 */
export function sampleNegativeBinomial(stream: RandomStream, mean: number, shape: number): number {
  if (mean === 0) return 0;
  return samplePoisson(stream, (sampleGamma(stream, shape) * mean) / shape);
}
