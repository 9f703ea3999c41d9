import { describe, expect, it } from '@jest/globals';
import { chordKm, type GeoPoint } from '@datagen/core/random';
import { readColumns } from '@datagen/testkit';
import { weather } from '../../src/index.ts';
import { CITIES } from '../../src/locations/cities.ts';
import { resolveLocations } from '../../src/locations/locations.ts';

const row = (locations: Parameters<typeof weather>[0]) => {
  const columns = readColumns(weather(locations), 'locations', '2026-01-01', '2026-01-01');
  return {
    ids: [...columns.numbers('location_id')],
    names: columns.texts('name'),
    countries: columns.texts('country'),
    elevations: [...columns.numbers('elevation_m')],
    stations: columns.texts('icao_id').map((icao, i) => [icao, columns.texts('wmo_id')[i]]),
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
      stations: [
        ['RJTT', '47671'],
        [null, null],
        ['EDDB', '10385'],
      ],
    });
  });

  it('are as many as `nLocations`: those named, then other cities, then more stations of cities nearby', () => {
    expect(row({ nLocations: 2 }).names).toEqual(['Berlin', 'Madrid']);
    const place = { name: 'Nowhere', latitude: -10, longitude: 20 };
    const { names, ids } = row({ locations: [place, 'Tokyo'], nLocations: 300 });
    expect(names.slice(0, 4)).toEqual(['Nowhere', 'Tokyo', 'Berlin', 'Madrid']);
    expect(names[1 + CITIES.size]).toBe('Berlin 2');
    expect(names).not.toContain('Berlin 10');
    expect([new Set(names).size, ids.length, ids.at(-1)]).toEqual([300, 300, 300]);
    for (const more of resolveLocations({ locations: [], nLocations: 300 }).slice(CITIES.size)) {
      const city = CITIES.get(more.name.replace(/ \d$/, ''));
      const km = chordKm(more, city as GeoPoint);
      expect(km).toBeGreaterThan(7.9);
      expect(km).toBeLessThan(23);
    }
  });

  it('more of them leave the weather of the others as it is', () => {
    const temperatures = (nLocations: number) =>
      readColumns(weather({ nLocations, splitLocations: true }), 'weather_hourly', '2026-01-01', '2026-01-01')
        .numbers('temperature_c')
        .slice(0, 24 * 36);
    expect(temperatures(60)).toEqual(temperatures(36));
  });

  it('have stations of four letters and five digits, each of one city alone', () => {
    const stations = [...CITIES.values()].map(({ station }) => station);
    for (const { icaoId, wmoId } of stations) {
      expect(icaoId).toMatch(/^[A-Z]{4}$/);
      expect(wmoId).toMatch(/^\d{5}$/);
    }
    expect(new Set(stations.flatMap(({ icaoId, wmoId }) => [icaoId, wmoId])).size).toBe(2 * stations.length);
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
