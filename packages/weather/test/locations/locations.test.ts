import { describe, expect, it } from '@jest/globals';
import { readColumns } from '@datagen/testkit';
import { weather } from '../../src/index.ts';

const row = (locations: Parameters<typeof weather>[0]) => {
  const columns = readColumns(weather(locations), 'locations', '2026-01-01', '2026-01-01');
  return {
    ids: [...columns.numbers('location_id')],
    names: columns.texts('name'),
    countries: columns.texts('country'),
    elevations: [...columns.numbers('elevation_m')],
  };
};

describe('locations', () => {
  it('are a dozen cities by default', () => {
    expect(row({}).names).toHaveLength(12);
  });

  it('are numbered in the order of the option, known cities and others alike', () => {
    const place = { name: 'Nowhere', latitude: -10, longitude: 20 };
    expect(row({ locations: ['Tokyo', place, 'Berlin'] })).toEqual({
      ids: [1, 2, 3],
      names: ['Tokyo', 'Nowhere', 'Berlin'],
      countries: ['JP', null, 'DE'],
      elevations: [40, 0, 34],
    });
  });

  const place = (override: object) => ({ name: 'Here', latitude: 1, longitude: 2, ...override });
  it.each([
    [['Berln'], /Unknown city in `locations` "Berln"\. Did you mean "Berlin"\? Known: .*latitude, longitude/],
    [['Berlin', 'Madrid', 'Berlin'], /Expected the names in `locations` to differ, got "Berlin" twice/],
    [['Here', place({})].slice(1).concat(place({})), /got "Here" twice/],
    [[place({ latitude: 91 })], /the latitude of "Here" in `locations` from -90 to 90, got 91/],
    [[place({ longitude: -180.5 })], /the longitude of "Here" in `locations` from -180 to 180, got -180.5/],
    [[place({ elevation: 20_000 })], /the elevation of "Here" in `locations` from -500 to 9000, got 20000/],
    [[place({ height: 3 })], /`locations\.0\.height` .*there is no such option\.$/],
    [[{ name: 'Here' }], /`locations\.0` .*expected the name of a city, or \{ name, latitude, longitude \}/],
    [[{ name: 'Here', latitude: 1 }], /`locations\.0` .*expected the name of a city/],
    [[], /`locations` .*expected at least 1/],
    [
      Array.from({ length: 301 }, (_, i) => place({ name: `P${String(i)}` })),
      /`locations` .*expected at most 300/,
    ],
  ])('refuses %j', (locations, message) => {
    expect(() => weather({ locations: locations as never })).toThrow(message);
  });
});
