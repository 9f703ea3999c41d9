/**
 * A value as text, alike for every reader: days since 1970 for dates, microseconds since 1970 for instants, units of
 * the last digit for decimals, and what JavaScript prints for the rest.
 */
export function textOf(value: string | number | bigint | boolean | null): string | null {
  return value === null ? null : String(value);
}
