import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { blackFridayNearness, HOUR_SHARES, hourWeights, seasonOf } from '../../src/demand/seasonality.ts';
import { weekdayOf } from '../../src/geography/calendar.ts';

const dayOf = (date: string) => Date.parse(date) / DAY_MS;

describe('calendar', () => {
  it.each(['2022-11-25', '2023-11-24', '2024-11-29', '2025-11-28', '2026-11-27', '2029-11-23', '2030-11-29'])(
    'knows %s as a Black Friday',
    (date) => {
      expect(weekdayOf(dayOf(date))).toBe(4);
      expect(blackFridayNearness(dayOf(date))).toBe(1);
      expect(blackFridayNearness(dayOf(date) - 7)).toBe(0);
      expect(blackFridayNearness(dayOf(date) + 7)).toBe(0);
    },
  );

  it('moves the hours as the clocks of Berlin do, also on the days they change', () => {
    const hourIn = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    for (const date of [
      '2024-01-15',
      '2024-03-30',
      '2024-03-31',
      '2024-04-01',
      '2024-07-01',
      '2025-10-25',
      '2025-10-26',
      '2025-10-27',
    ]) {
      const local = Array.from({ length: 24 }, (_, hour) =>
        Number(hourIn.format(Date.parse(date) + hour * 3_600_000)),
      );
      expect([date, ...hourWeights(dayOf(date))]).toEqual([date, ...local.map((hour) => HOUR_SHARES[hour])]);
    }
  });

  it('is flat where season and event are turned off', () => {
    for (const date of ['2025-11-28', '2025-12-25', '2025-07-01']) {
      expect(seasonOf(dayOf(date), { seasonality: 0, blackFridayFactor: 1 })).toBe(1);
    }
  });
});
