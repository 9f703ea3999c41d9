// Cities of three climates, and how weather is shared between places.
import * as Plot from '@observablehq/plot';
import { chordKm } from '../../../packages/core/src/random/index.ts';
import { weather } from '../../../packages/weather/src/index.ts';
import { readColumns } from '../../../packages/testkit/src/rows/read-columns.ts';
import { correlation, mean } from '../../../packages/testkit/src/statistics.ts';
import { COLOURS, PAGE_WIDTH, panel } from './chart.mjs';

const DAY_MS = 86_400_000;
const CITIES = [
  { name: 'Berlin', colour: COLOURS.ours, longitude: 13.4 },
  { name: 'Singapore', colour: COLOURS.reference, longitude: 103.8 },
  { name: 'Sydney', colour: COLOURS.other, longitude: 151.2 },
];

export function panels() {
  const cities = weather({ seed: 1, locations: CITIES.map(({ name }) => name) });
  const days = readColumns(cities, 'weather_daily', '2022-01-01', '2023-12-31');
  const hours = readColumns(cities, 'weather_hourly', '2023-01-01', '2023-12-31');
  return [years(days), dayCourse(hours), distance(), front(), roses()];
}

const labels = (x, y) =>
  Plot.text(CITIES, {
    x: (_, i) => x[i],
    y: (_, i) => y[i],
    text: 'name',
    fill: 'colour',
    textAnchor: 'start',
  });

/** The mean temperature of every day of two years. */
function years(days) {
  const ids = days.numbers('location_id');
  const dates = days.numbers('date');
  const means = days.numbers('temperature_mean_c');
  const rows = Array.from(ids, (id, i) => ({
    city: CITIES[id - 1],
    date: new Date(dates[i] * DAY_MS),
    mean: means[i],
  }));
  const at = new Date(Date.UTC(2024, 0, 5));
  return panel('Two years of daily means: seasons, hemispheres, spells of days', {
    width: PAGE_WIDTH,
    height: 240,
    marginRight: 70,
    x: { type: 'utc', label: null },
    y: { label: '°C', grid: true },
    marks: [
      Plot.line(rows, { x: 'date', y: 'mean', z: (row) => row.city.name, stroke: (row) => row.city.colour }),
      labels([at, at, at], [2, 28, 23]),
    ],
  });
}

/** The mean course of a July day by local solar time. */
function dayCourse(hours) {
  const ids = hours.numbers('location_id');
  const times = hours.numbers('ts');
  const values = hours.numbers('temperature_c');
  const sums = CITIES.map(() => new Float64Array(24));
  const counts = CITIES.map(() => new Float64Array(24));
  for (let i = 0; i < ids.length; i++) {
    const city = ids[i] - 1;
    const month = new Date(times[i] / 1000).getUTCMonth();
    const hour = Math.floor(times[i] / 3.6e9 + CITIES[city].longitude / 15) % 24;
    if (month !== 6) continue;
    sums[city][hour] += values[i];
    counts[city][hour]++;
  }
  const rows = CITIES.flatMap((city, c) =>
    Array.from(sums[c], (sum, hour) => ({ city, hour, mean: sum / counts[c][hour] })),
  );
  return panel('A mean day in July, by the sun', {
    x: { label: 'solar hour', ticks: [0, 6, 12, 18, 24] },
    y: { label: '°C', grid: true },
    marks: [
      Plot.line(rows, { x: 'hour', y: 'mean', z: (row) => row.city.name, stroke: (row) => row.city.colour }),
      labels([16, 16, 16], [22, 33, 12.5]),
    ],
  });
}

/** Correlations of temperature and rain of places at many distances from each other. */
function distance() {
  const places = Array.from({ length: 16 }, (_, i) => ({
    name: `p${i}`,
    latitude: 44 + (i % 4) * 3,
    longitude: Math.floor(i / 4) * 4.5,
  }));
  const days = readColumns(
    weather({ seed: 1, locations: places }),
    'weather_daily',
    '2018-01-01',
    '2023-12-31',
  );
  const ids = days.numbers('location_id');
  const dates = days.numbers('date');
  const year = 365.25;
  const columns = { temperature: days.numbers('temperature_mean_c'), rain: days.numbers('precipitation_mm') };
  const seriesOf = (column, place) => columns[column].filter((_, i) => ids[i] === place + 1);
  const dayOf = dates.filter((_, i) => ids[i] === 1);
  const series = {
    // Without the season, which all places share.
    temperature: places.map((_, p) => withoutSeason(seriesOf('temperature', p), dayOf, year)),
    rain: places.map((_, p) => seriesOf('rain', p).map((mm) => (mm >= 1 ? 1 : 0))),
  };
  const rows = [];
  for (const [what, all] of Object.entries(series))
    for (let a = 0; a < places.length; a++)
      for (let b = 0; b < a; b++)
        rows.push({ what, km: chordKm(places[a], places[b]), correlation: correlation(all[a], all[b]) });
  const colour = { temperature: COLOURS.ours, rain: COLOURS.other };
  return panel('Neighbours share their weather, warmth farther than rain', {
    x: { label: 'kilometres apart', grid: true },
    y: { label: 'correlation of days', domain: [0, 1], grid: true },
    marks: [
      Plot.dot(rows, { x: 'km', y: 'correlation', r: 2, fill: (row) => colour[row.what] }),
      Plot.text(
        [
          { what: 'temperature', km: 900, correlation: 0.75 },
          { what: 'wet or dry', km: 900, correlation: 0.3 },
        ],
        { x: 'km', y: 'correlation', text: 'what', textAnchor: 'start', fill: 'black' },
      ),
    ],
  });
}

/** The passage of a cold front in New York: the sharpest of a winter, two days of hours around it. */
function front() {
  const hours = readColumns(
    weather({ seed: 1, locations: ['New York'] }),
    'weather_hourly',
    '2022-10-01',
    '2023-03-31',
  );
  const [temperature, pressure, rain, direction] = [
    'temperature_c',
    'pressure_hpa',
    'precipitation_mm',
    'wind_direction_deg',
  ].map((name) => hours.numbers(name));
  let at = 48;
  for (let i = 48; i < temperature.length - 48; i++) {
    const fall = (k) => temperature[k - 1] - temperature[k + 1];
    if (fall(i) > fall(at)) at = i;
  }
  const rows = Array.from({ length: 49 }, (_, k) => {
    const i = at + k - 24;
    return {
      hour: k - 24,
      c: temperature[i],
      hpa: pressure[i] - pressure[at],
      mm: rain[i],
      deg: direction[i],
    };
  });
  const arrows = rows.filter(({ hour }) => hour % 3 === 0);
  return panel('A front in New York: wind, temperature, pressure, rain', {
    x: { label: 'hours from the passage', ticks: [-24, -12, 0, 12, 24] },
    y: { label: '°C, hPa, mm', grid: true },
    marks: [
      Plot.rectY(rows, { x1: 'hour', x2: (row) => row.hour + 1, y: 'mm', fill: COLOURS.naive }),
      Plot.line(rows, { x: 'hour', y: 'hpa', stroke: COLOURS.other }),
      Plot.line(rows, { x: 'hour', y: 'c', stroke: COLOURS.ours }),
      Plot.vector(arrows, {
        x: 'hour',
        y: Math.max(...rows.map(({ c, hpa }) => Math.max(c, hpa))) + 2,
        // An arrow flies with the wind.
        rotate: (row) => row.deg + 180,
        length: 12,
        anchor: 'middle',
      }),
      Plot.text(
        [
          { text: 'temperature', x: -11, y: rows[13].c + 1, colour: COLOURS.ours },
          { text: 'pressure', x: 8, y: rows[32].hpa + 2, colour: COLOURS.other },
        ],
        { x: 'x', y: 'y', text: 'text', textAnchor: 'start', fill: 'colour' },
      ),
    ],
  });
}

/** How often the wind comes from eight directions in four cities. */
function roses() {
  const cities = ['New York', 'Berlin', 'Tokyo', 'Singapore'];
  const names = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];
  const hours = readColumns(
    weather({ seed: 1, locations: cities }),
    'weather_hourly',
    '2020-01-01',
    '2023-12-31',
  );
  const ids = hours.numbers('location_id');
  const counts = cities.map(() => names.map(() => 0));
  hours.numbers('wind_direction_deg').forEach((degrees, i) => {
    counts[ids[i] - 1][Math.floor((degrees + 22.5) / 45) % 8]++;
  });
  const perCity = ids.length / cities.length;
  const rows = cities.flatMap((city, c) =>
    names.map((from, i) => ({ city, from, percent: (100 * counts[c][i]) / perCity })),
  );
  return panel('Wind comes from where it does in each climate', {
    x: { domain: names, label: null, axis: null },
    fx: { domain: cities, label: null },
    y: { label: '% of hours', grid: true },
    marks: [
      Plot.barY(rows, { fx: 'city', x: 'from', y: 'percent', fill: COLOURS.ours }),
      Plot.text(rows, { fx: 'city', x: 'from', y: 'percent', text: 'from', dy: -6, fontSize: 8 }),
    ],
  });
}

/** Less the mean of the same time of the year. */
function withoutSeason(values, days, year) {
  const bins = Array.from({ length: 24 }, () => []);
  const binOf = (day) => Math.floor(((day % year) / year) * 24);
  values.forEach((value, i) => bins[binOf(days[i])].push(value));
  const means = bins.map((bin) => mean(bin));
  return values.map((value, i) => value - means[binOf(days[i])]);
}
