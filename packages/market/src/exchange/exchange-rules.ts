/** What a calendar is made of. Days count from 1970-01-01, those of weekends need not be listed. */
export interface ExchangeRules {
  /** Minutes after local midnight. */
  readonly openMinute: number;
  /** Length of a session in minutes, and of one on a half day. */
  readonly minutes: number;
  readonly halfDayMinutes: number;
  /** Days of a year without trading. */
  readonly holidays: (year: number) => number[];
  /** Days of a year that close early. */
  readonly halfDays: (year: number) => number[];
  /** Hours from UTC to local time at the open of a day. */
  readonly utcOffset: (day: number) => number;
}
