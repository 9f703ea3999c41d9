const { sqrt } = Math;

/**
 * Turns the increments of a random walk into those of a Brownian bridge: `steps[i] += (total - Σ steps) · shares[i]`,
 * in place, so that they add up to `total`. `shares` are each increment's part of the variance and sum to 1.
 */
export function bridgeTo(total: number, steps: Float64Array, shares: Float64Array): void {
  let missing = total;
  for (let i = 0; i < steps.length; i++) missing -= steps[i] as number;
  for (let i = 0; i < steps.length; i++) steps[i] = (steps[i] as number) + missing * (shares[i] as number);
}

/**
 * The highest point of a Brownian bridge that starts at 0 and ends at `end`, drawn by a uniform u in (0, 1), given by
 * its logarithm: P(max > m) = exp(-2 m (m - end) / variance), inverted (Karatzas and Shreve, "Brownian Motion",
 * 4.3.40).
 */
export function bridgeMaximum(end: number, variance: number, logU: number): number {
  return 0.5 * (end + sqrt(end * end - 2 * variance * logU));
}

/** The lowest point, in the same way. */
export function bridgeMinimum(end: number, variance: number, logU: number): number {
  return 0.5 * (end - sqrt(end * end - 2 * variance * logU));
}
