/** A quantity at the two ends of the year. */
export interface Seasonal {
  readonly warmest: number;
  readonly coldest: number;
}

/** The value at a time of year between -1, the coldest, and 1, the warmest. */
export function atSeason({ warmest, coldest }: Seasonal, season: number): number {
  return (warmest + coldest + (warmest - coldest) * season) / 2;
}
