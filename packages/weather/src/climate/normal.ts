const { exp } = Math;

/** 1 - Φ(z), within 7.5e-8: Zelen and Severo, formula 26.2.17 in Abramowitz and Stegun (1964). */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return exp(-0.5 * z * z) * 0.3989422804014327 * series;
}
