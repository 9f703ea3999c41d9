// Devices of a fleet: a week and its faults, the drift between calibrations, the gaps, the weather that sites share, machines.
import * as Plot from '@observablehq/plot';
import { sensors } from '../../../packages/sensors/src/index.ts';
import { readColumns } from '../../../packages/testkit/src/rows/read-columns.ts';
import { sumBy } from '../../../packages/testkit/src/statistics.ts';
import { COLOURS, PAGE_WIDTH, panel } from './chart.mjs';

const MINUTE_US = 60_000_000;
const DAY_US = 1440 * MINUTE_US;

export function panels() {
  const readings = readColumns(sensors({ seed: 1, nDevices: 40 }), 'readings', '2025-06-02', '2025-06-08');
  return [
    trace(readings, 'temperature', '°C'),
    trace(readings, 'vibration', 'mm/s'),
    drift(),
    gaps(readings),
    sharedWeather(),
    machines(),
  ];
}

/** The pressure at two sites that are close and at one far away, in an autumn month. */
function sharedWeather() {
  const fleet = sensors({
    seed: 1,
    nDevices: 13,
    devicesPerSite: 1,
    samplingSeconds: 3600,
    metrics: ['pressure'],
  });
  const [start, end] = ['2025-10-20', '2025-11-16'];
  const names = readColumns(fleet, 'sites', start, end).texts('town');
  const shown = ['Rotterdam', 'Antwerp', 'Zaragoza'];
  const rows = rowsOf(readColumns(fleet, 'readings', start, end), 'pressure')
    .map((row) => ({ ...row, town: names[row.device - 1] }))
    .filter(({ town }) => shown.includes(town));
  // At the level of the sea, by the mean of each.
  const means = new Map(
    shown.map((town) => {
      const own = rows.filter((row) => row.town === town);
      return [town, own.reduce((sum, { value }) => sum + value, 0) / own.length];
    }),
  );
  return panel('Sites share the weather: Rotterdam and Antwerp are 80 km apart', {
    x: { type: 'utc', label: null },
    y: { label: 'hPa from the mean', grid: true },
    color: { domain: shown, range: [COLOURS.ours, COLOURS.reference, COLOURS.naive] },
    marks: [
      Plot.line(rows, {
        x: 'time',
        y: (row) => row.value - means.get(row.town),
        stroke: 'town',
        z: 'town',
      }),
      Plot.text(
        rows.filter(({ town }) => town === 'Zaragoza'),
        Plot.selectLast({
          x: 'time',
          y: (row) => row.value - means.get(row.town),
          text: 'town',
          dy: -14,
          textAnchor: 'end',
          fill: 'gray',
        }),
      ),
    ],
  });
}

/** The vibration of two machines of a site over Easter, hour by hour. */
function machines() {
  const fleet = sensors({
    seed: 1,
    nDevices: 60,
    devicesPerSite: 60,
    metrics: ['vibration'],
    missingRate: 0,
    anomaliesPerDay: 0,
  });
  const [start, end] = ['2025-04-15', '2025-04-24'];
  const types = readColumns(fleet, 'devices', start, end).texts('machine_type');
  const shown = ['press', 'conveyor'].map((type) => types.indexOf(type) + 1);
  const rows = rowsOf(readColumns(fleet, 'readings', start, end), 'vibration').filter(({ device }) =>
    shown.includes(device),
  );
  return panel('A press (blue) and a conveyor (orange) over Easter', {
    x: { type: 'utc', label: null },
    y: { label: 'mm/s', grid: true },
    color: { domain: ['press', 'conveyor'], range: [COLOURS.ours, COLOURS.other] },
    marks: [
      Plot.line(rows, {
        x: 'time',
        y: 'value',
        z: 'device',
        stroke: (row) => types[row.device - 1],
        strokeWidth: 0.8,
      }),
    ],
  });
}

/** Rows of one metric, of one device if it is given. */
function rowsOf(readings, metric, device) {
  const metrics = readings.texts('metric');
  const columns = ['device_id', 'ts', 'value', 'is_anomaly'].map((name) => readings.numbers(name));
  const rows = [];
  for (let i = 0; i < metrics.length; i++) {
    const [id, ts, value, isAnomaly] = columns.map((column) => column[i]);
    if (metrics[i] === metric && (device === undefined || id === device))
      rows.push({ device: id, ts, time: new Date(ts / 1000), value, isAnomaly: isAnomaly === 1 });
  }
  return rows;
}

/** The readings of the device with the most faults of a metric. */
function trace(readings, metric, unit) {
  const rows = rowsOf(readings, metric);
  const faults = sumBy(rows.filter(({ isAnomaly }) => isAnomaly).map(({ device }) => device));
  const [[device]] = [...faults].sort(([, a], [, b]) => b - a);
  const shown = rows.filter((row) => row.device === device);
  return panel(`A week of ${metric} at one device; red is what the answer key labels`, {
    width: PAGE_WIDTH,
    height: 200,
    x: { type: 'utc', label: null },
    y: { label: unit, grid: true },
    marks: [
      Plot.dot(shown, { x: 'time', y: 'value', r: 0.9, fill: COLOURS.ours }),
      Plot.dot(
        shown.filter(({ isAnomaly }) => isAnomaly),
        { x: 'time', y: 'value', r: 1.4, fill: COLOURS.reference },
      ),
    ],
  });
}

/** What drift adds to the daily mean of three devices: the same fleet with and without it. */
function drift() {
  const [with_, without] = [1, 0].map((strength) => dailyMeans({ drift: strength }));
  const rows = with_.map(({ device, day, mean }, i) => ({ device, day, drift: mean - without[i].mean }));
  return panel('Sensors drift until they are calibrated, each at its time', {
    x: { type: 'utc', label: null },
    y: { label: '°C added, daily mean', grid: true },
    color: { range: [COLOURS.ours, COLOURS.other, COLOURS.reference] },
    marks: [
      Plot.ruleY([0]),
      Plot.line(rows, { x: 'day', y: 'drift', z: 'device', stroke: (row) => `device ${row.device}` }),
    ],
  });
}

function dailyMeans(options) {
  const fleet = sensors({
    seed: 1,
    nDevices: 3,
    samplingSeconds: 3600,
    missingRate: 0,
    anomaliesPerDay: 0,
    installDays: 1,
    metrics: ['temperature'],
    ...options,
  });
  const rows = rowsOf(readColumns(fleet, 'readings', '2025-01-01', '2025-12-31'), 'temperature');
  const keys = rows.map(({ device, ts }) => device * 100_000 + Math.floor(ts / DAY_US));
  const sums = sumBy(
    keys,
    rows.map(({ value }) => value),
  );
  const counts = sumBy(keys);
  return [...sums].map(([key, sum]) => ({
    device: Math.floor(key / 100_000),
    day: new Date(((key % 100_000) * DAY_US) / 1000),
    mean: sum / counts.get(key),
  }));
}

/** How many gaps last longer than a time, beside what single lost readings would give. */
function gaps(readings) {
  const rows = rowsOf(readings, 'temperature').sort((a, b) => a.device - b.device || a.ts - b.ts);
  const lengths = [];
  for (let i = 1; i < rows.length; i++) {
    const minutes = (rows[i].ts - rows[i - 1].ts) / MINUTE_US - 5;
    if (rows[i].device === rows[i - 1].device && minutes > 1) lengths.push(minutes);
  }
  const longer = (minutes) => lengths.filter((length) => length >= minutes).length / lengths.length;
  const steps = Array.from({ length: 60 }, (_, i) => 5 * (i + 1));
  const lost = 0.012;
  const ours = steps.map((minutes) => ({ minutes, share: longer(minutes) })).filter(({ share }) => share > 0);
  const alone = steps.slice(0, 2).map((minutes, i) => ({ minutes, share: lost ** i }));
  return panel('Readings are lost in bursts, not one by one', {
    x: { label: 'minutes without a reading', grid: true },
    y: {
      label: 'share of gaps that last as long',
      type: 'log',
      domain: [0.005, 1],
      tickFormat: '.0%',
      ticks: 4,
    },
    marks: [
      Plot.line(ours, { x: 'minutes', y: 'share', stroke: COLOURS.ours, strokeWidth: 2 }),
      Plot.line(alone, { x: 'minutes', y: 'share', stroke: COLOURS.naive, strokeWidth: 2, clip: true }),
      Plot.text([{ minutes: 12, share: 0.007 }], {
        x: 'minutes',
        y: 'share',
        text: ['lost independently'],
        fill: 'gray',
        textAnchor: 'start',
      }),
    ],
  });
}
