import { type CoveredDays, DayCoverage } from '../../plan/day-coverage.ts';
import { DAY_MS, dayOf, formatDay, parseDay } from '../../support/time.ts';

/** By digest the days that are there, first and last of each span as `2026-01-05`, or `all` of a table without time. */
type CoverageText = Readonly<Record<string, 'all' | readonly (readonly [first: string, last: string])[]>>;

/** A coverage as JSON, for formats that keep it in a text: `{"d41d8c":[["2026-01-05","2026-01-07"]]}`. */
export function coverageText({ days }: DayCoverage): string {
  const spans: CoverageText = Object.fromEntries(
    Object.entries(days).map(([digest, covered]) => [
      digest,
      covered === 'all'
        ? covered
        : covered.map(([first, last]) => [formatDay(first * DAY_MS), formatDay(last * DAY_MS)] as const),
    ]),
  );
  return JSON.stringify(spans);
}

/** The coverage that `coverageText` wrote. */
export function parseCoverage(text: string): DayCoverage {
  const spans = JSON.parse(text) as CoverageText;
  const days = Object.entries(spans).map(([digest, covered]): [string, CoveredDays] => [
    digest,
    covered === 'all'
      ? covered
      : covered.map(([first, last]) => [dayNumber(first), dayNumber(last)] as const),
  ]);
  return new DayCoverage(Object.fromEntries(days));
}

function dayNumber(day: string): number {
  return dayOf(parseDay(day, 'coverage'));
}
