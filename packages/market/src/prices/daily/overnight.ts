/** Part of a day's variance that falls between two sessions, on average (.25 Nasdaq composite, .37 SPY). */
export const OVERNIGHT_SHARE = 0.25;

/** How much more variance a gap of several nights holds: a fifth of a night's for each further night. */
export function nightsFactor(nights: number): number {
  // 1.08 is the mean over a plain week, so that the share holds on average.
  return (1 + 0.2 * (nights - 1)) / 1.08;
}
