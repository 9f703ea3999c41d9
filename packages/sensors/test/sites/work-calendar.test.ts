import { formatDay } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { type HolidayRegion, publicHolidays, weekdayOf } from '../../src/sites/public-holidays.ts';
import { TOWNS } from '../../src/sites/towns.ts';
import { CLOSURE, DAY_OFF, WORKDAY, WorkCalendar } from '../../src/sites/work-calendar.ts';

const DAY_MS = 86_400_000;
const dayOf = (text: string) => Date.parse(text) / DAY_MS;

/** Holidays of 2025 that are no Sundays, from the library holidays 0.109 for Python, and 24 December in Sweden and Denmark. */
const HOLIDAYS_2025: Readonly<Record<HolidayRegion, string>> = {
  NL: '01-01 04-21 05-29 06-09 12-25 12-26',
  'DE-SN': '01-01 04-18 04-21 05-01 05-29 06-09 10-03 10-31 11-19 12-25 12-26',
  'DE-HH': '01-01 04-18 04-21 05-01 05-29 06-09 10-03 10-31 12-25 12-26',
  'DE-BW': '01-01 01-06 04-18 04-21 05-01 05-29 06-09 06-19 10-03 11-01 12-25 12-26',
  FR: '01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25',
  IT: '01-01 01-06 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26',
  'ES-PV': '01-01 01-06 04-17 04-18 04-21 05-01 07-25 08-15 11-01 12-06 12-08 12-25',
  'ES-AR': '01-01 01-06 04-17 04-18 04-23 05-01 08-15 11-01 12-06 12-08 12-25',
  PL: '01-01 01-06 04-21 05-01 05-03 06-19 08-15 11-01 11-11 12-24 12-25 12-26',
  SE: '01-01 01-06 04-18 04-21 05-01 05-29 06-06 06-20 12-24 12-25 12-26 12-31',
  BE: '01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-01 11-11 12-25',
  AT: '01-01 01-06 04-21 05-01 05-29 06-09 06-19 08-15 11-01 12-08 12-25 12-26',
  'CH-BS': '01-01 04-18 04-21 05-01 05-29 06-09 08-01 12-25 12-26',
  FI: '01-01 01-06 04-18 04-21 05-01 05-29 06-20 12-06 12-24 12-25 12-26',
  CZ: '01-01 04-18 04-21 05-01 05-08 07-05 10-28 11-17 12-24 12-25 12-26',
  PT: '01-01 04-18 04-25 05-01 06-10 06-19 08-15 11-01 12-01 12-08 12-25',
  HU: '01-01 03-15 04-18 04-21 05-01 06-09 08-20 10-23 11-01 12-24 12-25 12-26',
  DK: '01-01 04-17 04-18 04-21 05-29 06-09 12-24 12-25 12-26',
};

describe('public holidays', () => {
  it.each(Object.entries(HOLIDAYS_2025))('of %s in 2025', (region, expected) => {
    const days = publicHolidays(region as HolidayRegion, 2025).filter((day) => weekdayOf(day) !== 6);
    const texts = days.map((day) => formatDay(day * DAY_MS).slice(5)).sort();
    expect(texts).toEqual(expected.split(' '));
  });

  it.each([
    [1981, '04-19'],
    [2000, '04-23'],
    [2008, '03-23'],
    [2038, '04-25'],
    [2049, '04-18'],
    [2076, '04-19'],
  ])('of %d follow Easter on %s', (year, easter) => {
    // Easter Monday in Austria.
    const monday = dayOf(`${String(year)}-${easter}`) + 1;
    expect(publicHolidays('AT', year)).toContain(monday);
    expect(weekdayOf(monday)).toBe(0);
  });
});

describe.each(TOWNS)('the calendar of $name', (town) => {
  const calendar = new WorkCalendar(town);

  it('has the clock of its time zone', () => {
    const clock = new Intl.DateTimeFormat('en', {
      timeZone: town.timeZone,
      hour: 'numeric',
      hourCycle: 'h23',
    });
    for (const day of ['2024-03-31', '2025-01-15', '2025-03-30', '2025-07-01', '2025-10-26', '2026-12-31'])
      for (let hour = dayOf(day) * 24 - 2; hour < dayOf(day) * 24 + 26; hour++) {
        const shown = Number(clock.format(hour * 3_600_000));
        expect((((hour % 24) + calendar.utcOffsetAt(hour)) % 24) - shown).toBe(0);
      }
  });

  it('sends technicians on working days alone', () => {
    for (let day = dayOf('2024-12-01'); day < dayOf('2026-02-01'); day++) {
      const visit = calendar.nextVisitDay(day);
      expect(visit).toBeGreaterThanOrEqual(day);
      expect(visit - day).toBeLessThan(15);
      expect(weekdayOf(visit)).toBeLessThan(5);
      expect([WORKDAY, CLOSURE]).toContain(calendar.kindOf(visit));
    }
    expect(calendar.kindOf(dayOf('2025-12-29'))).toBe(DAY_OFF);
    expect(calendar.kindOf(dayOf('2025-11-05'))).toBe(WORKDAY);
  });
});
