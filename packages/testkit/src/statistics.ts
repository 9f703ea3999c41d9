export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

export function variance(values: ArrayLike<number>): number {
  const center = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - center) ** 2;
  return sum / values.length;
}

/** Sums of `amounts` (1 each if absent) by key. */
export function sumBy(keys: ArrayLike<number>, amounts?: ArrayLike<number>): Map<number, number> {
  const sums = new Map<number, number>();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number;
    sums.set(key, (sums.get(key) ?? 0) + (amounts === undefined ? 1 : (amounts[i] as number)));
  }
  return sums;
}

/** The part of the total that the largest `share` of the values make. */
export function topShare(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort().reverse();
  const total = sorted.reduce((a, b) => a + b, 0);
  return sorted.subarray(0, Math.round(sorted.length * share)).reduce((a, b) => a + b, 0) / total;
}

/** Half the sum of absolute differences of two distributions. */
export function totalVariation(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + Math.abs(x - (b[i] as number)), 0) / 2;
}

/** Counts turned into shares of their sum. */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => count / total);
}

/** The part of the values that hold. */
export function shareWhere(values: ArrayLike<number>, holds: (value: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (holds(values[i] as number)) count++;
  return count / values.length;
}

/** How many positions of two arrays differ; NaN equals NaN. Jest's own comparison takes a microsecond a number. */
export function countDifferences(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (!Object.is(a[i], b[i])) count++;
  return count;
}

/** The value below which a part `p` of the values lies, between neighbours by their distance. */
export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort();
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  return low + (position - below) * ((sorted[Math.min(below + 1, sorted.length - 1)] as number) - low);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Pearson's correlation of two series, or of `a[i]` with `b[i + lag]`. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>, lag = 0): number {
  const n = Math.min(a.length, b.length - lag);
  let sumA = 0;
  let sumB = 0;
  for (let i = 0; i < n; i++) {
    sumA += a[i] as number;
    sumB += b[i + lag] as number;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const da = (a[i] as number) - sumA / n;
    const db = (b[i + lag] as number) - sumB / n;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  // Not Math.sqrt of the product: it may overflow.
  return ab / (Math.sqrt(aa) * Math.sqrt(bb));
}

/** The correlation of a series with itself `lag` steps later. */
export function autocorrelation(values: ArrayLike<number>, lag: number): number {
  return correlation(values, values, lag);
}

/** The fourth standardised moment less that of a normal distribution, 3. */
export function excessKurtosis(values: ArrayLike<number>): number {
  const center = mean(values);
  let fourth = 0;
  for (let i = 0; i < values.length; i++) fourth += ((values[i] as number) - center) ** 4;
  return fourth / values.length / variance(values) ** 2 - 3;
}

/** Slope and intercept of the least-squares line of y on x. */
export function linearFit(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { readonly slope: number; readonly intercept: number } {
  const slope = correlation(x, y) * Math.sqrt(variance(y) / variance(x));
  return { slope, intercept: mean(y) - slope * mean(x) };
}
