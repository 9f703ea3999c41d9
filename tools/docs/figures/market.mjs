// Prices by the day and by the minute: clusters of volatility, the course of a session, stocks that move together, and
// what the calendar and news do to volume.
import * as Plot from '@observablehq/plot';
import { marketOhlcv } from '../../../packages/market/src/index.ts';
import { readColumns } from '../../../packages/testkit/src/rows/read-columns.ts';
import { autocorrelation, correlation, mean, median } from '../../../packages/testkit/src/statistics.ts';
import { COLOURS, PAGE_WIDTH, panel } from './chart.mjs';

const DAY_MS = 86_400_000;
const PER_CENT = 100;

export function panels() {
  const bars = readColumns(
    marketOhlcv({ seed: 1, nSymbols: 20, frequency: '1d' }),
    'ohlcv',
    '2010-01-01',
    '2025-12-31',
  );
  const minutes = readColumns(
    marketOhlcv({ seed: 1, nSymbols: 8, frequency: '1m' }),
    'ohlcv',
    '2025-03-03',
    '2025-05-30',
  );
  const earnings = readColumns(
    marketOhlcv({ seed: 1, nSymbols: 20, frequency: '1d' }),
    'earnings',
    '2010-01-01',
    '2025-12-31',
  );
  return [
    returns(bars),
    memory(bars),
    session(minutes),
    calendar(bars, earnings),
    epps(minutes),
    cumulative(bars),
  ];
}

/** Log returns of each symbol, close to close; jumps of splits (a ratio of 2 or more) left out. */
function returnsOf(bars) {
  const symbols = bars.numbers('symbol');
  const times = bars.numbers('ts');
  const closes = bars.numbers('close');
  const series = new Map();
  for (let i = 0; i < symbols.length; i++) {
    const own = series.get(symbols[i]) ?? { times: [], returns: [], close: 0 };
    const change = own.close === 0 ? 0 : Math.log(closes[i] / own.close);
    own.times.push(new Date(times[i] / 1000));
    own.returns.push(Math.abs(change) > 0.6 ? 0 : change);
    own.close = closes[i];
    series.set(symbols[i], own);
  }
  return [...series.values()];
}

function returns(bars) {
  const [own] = returnsOf(bars);
  return panel('Sixteen years of daily returns of one stock: calm and nervous times', {
    width: PAGE_WIDTH,
    height: 220,
    x: { type: 'utc', label: null },
    y: { label: 'return, %', grid: true },
    marks: [
      Plot.line(own.times, {
        x: (time) => time,
        y: (_, i) => own.returns[i] * PER_CENT,
        stroke: COLOURS.ours,
        strokeWidth: 0.5,
      }),
    ],
  });
}

/** How long returns and their sizes are remembered, on average over the stocks. */
function memory(bars) {
  const all = returnsOf(bars).map((own) => own.returns);
  const lags = Array.from({ length: 60 }, (_, i) => i + 1);
  const of = (transform) =>
    lags.map((lag) => mean(all.map((own) => autocorrelation(own.map(transform), lag))));
  const sizes = of(Math.abs);
  const signs = of((x) => x);
  const rows = lags.flatMap((lag, i) => [
    { lag, what: 'size of returns', value: sizes[i] },
    { lag, what: 'returns', value: signs[i] },
  ]);
  return panel('Sizes of returns are remembered, signs are not', {
    x: { label: 'days later' },
    y: { label: 'autocorrelation', grid: true, domain: [-0.05, 0.3] },
    marks: [
      Plot.ruleY([0]),
      Plot.line(rows, {
        x: 'lag',
        y: 'value',
        z: 'what',
        stroke: (row) => (row.what === 'returns' ? 'gray' : COLOURS.ours),
        strokeWidth: 2,
      }),
      Plot.text(
        [
          { x: 25, y: 0.17, what: 'size of returns' },
          { x: 25, y: 0.02, what: 'returns' },
        ],
        { x: 'x', y: 'y', text: 'what', textAnchor: 'start' },
      ),
    ],
  });
}

/** Volatility and volume by half hour of the session, over their means. */
function session(minutes) {
  const symbols = minutes.numbers('symbol');
  const times = minutes.numbers('ts');
  const [open, close, volume] = ['open', 'close', 'volume'].map((name) => minutes.numbers(name));
  const firstOf = new Map();
  const squares = new Float64Array(13);
  const volumes = new Float64Array(13);
  for (let i = 0; i < times.length; i++) {
    const key = `${symbols[i]} ${Math.floor(times[i] / 1000 / DAY_MS)}`;
    if (!firstOf.has(key)) firstOf.set(key, times[i]);
    const bucket = Math.floor((times[i] - firstOf.get(key)) / 1.8e9);
    squares[bucket] += Math.log(close[i] / open[i]) ** 2;
    volumes[bucket] += volume[i];
  }
  const relative = (values) => Array.from(values, (value) => value / mean(values));
  const rows = [
    ...relative(squares.map(Math.sqrt)).map((value, i) => ({ hour: i / 2, what: 'volatility', value })),
    ...relative(volumes).map((value, i) => ({ hour: i / 2, what: 'volume', value })),
  ];
  return panel('Sessions begin and end busily', {
    x: { label: 'hours after the open' },
    y: { label: 'over its mean', grid: true, domain: [0, 2.6] },
    marks: [
      Plot.ruleY([1], { stroke: COLOURS.naive }),
      Plot.line(rows, {
        x: 'hour',
        y: 'value',
        z: 'what',
        stroke: (row) => (row.what === 'volume' ? COLOURS.other : COLOURS.ours),
        strokeWidth: 2,
      }),
      Plot.text(
        [
          { x: 0.6, y: 2.2, what: 'volume' },
          { x: 2, y: 1.15, what: 'volatility' },
        ],
        { x: 'x', y: 'y', text: 'what', textAnchor: 'start' },
      ),
    ],
  });
}

/** What a hundred would have become in each of the stocks. */
function cumulative(bars) {
  const rows = returnsOf(bars).flatMap(({ times, returns: own }, stock) => {
    let sum = 0;
    return times
      .map((time, i) => ({ time, stock, worth: 100 * Math.exp((sum += own[i])) }))
      .filter((_, i) => i % 20 === 0);
  });
  return panel('Twenty stocks go their own ways, and fall together', {
    width: PAGE_WIDTH,
    height: 240,
    x: { type: 'utc', label: null },
    y: { label: 'worth of 100 invested at the start', type: 'log', grid: true, ticks: 6, tickFormat: ',.0f' },
    color: { scheme: 'tableau10' },
    marks: [Plot.line(rows, { x: 'time', y: 'worth', z: 'stock', stroke: 'stock', strokeWidth: 0.8 })],
  });
}

/** Volume on some days over its median of 60 days on each side. */
function calendar(bars, earnings) {
  const symbols = bars.texts('symbol');
  const [volumes, factors, dates] = ['volume', 'adjustment_factor', 'trade_date'].map((name) =>
    bars.numbers(name),
  );
  const series = new Map();
  symbols.forEach((symbol, i) => {
    const own = series.get(symbol) ?? { days: [], logs: [] };
    own.days.push(dates[i]);
    own.logs.push(Math.log(volumes[i] / factors[i]));
    series.set(symbol, own);
  });
  const firstSessions = earnings.numbers('first_trade_date');
  const news = new Set(earnings.texts('symbol').map((symbol, i) => `${symbol} ${firstSessions[i]}`));
  const kinds = [
    ['half day', (date) => date.month === 11 && date.friday && date.day > 22 && date.day < 30],
    ['26-31 December', (date) => date.month === 12 && date.day > 25],
    ['Monday', (date) => date.monday],
    ['expiry', (date) => date.month % 3 === 0 && date.friday && date.day > 14 && date.day < 22],
    ['new Russell indexes', (date) => date.month === 6 && date.friday && date.day > 21 && date.day < 29],
    ['news of earnings', (date, key) => news.has(key)],
  ];
  const found = kinds.map(() => []);
  for (const [symbol, { days, logs }] of series)
    days.forEach((day, i) => {
      const at = new Date(day * DAY_MS);
      const date = {
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
        monday: at.getUTCDay() === 1,
        friday: at.getUTCDay() === 5,
      };
      kinds.forEach(([, holds], k) => {
        if (holds(date, `${symbol} ${day}`))
          found[k].push(logs[i] - median(logs.slice(Math.max(i - 60, 0), i + 61)));
      });
    });
  const rows = kinds.map(([name], k) => ({ name, volume: Math.exp(median(found[k])) }));
  return panel('Volume has a calendar, and doubles at earnings', {
    marginLeft: 130,
    x: { label: 'over that of the days around', grid: true },
    y: { label: null, domain: rows.map(({ name }) => name) },
    marks: [
      Plot.barX(rows, { x: 'volume', y: 'name', fill: COLOURS.ours }),
      Plot.ruleX([1], { stroke: COLOURS.naive, strokeWidth: 2 }),
    ],
  });
}

/** How two stocks correlate within the day, by the length of the returns. */
function epps(minutes) {
  const symbols = minutes.numbers('symbol');
  const [open, close] = ['open', 'close'].map((name) => minutes.numbers(name));
  const series = [];
  for (let i = 0; i < symbols.length; i++) (series[symbols[i]] ??= []).push(Math.log(close[i] / open[i]));
  const rows = [1, 2, 5, 10, 30, 65, 130].map((length) => {
    const sums = series.map((own) =>
      Array.from({ length: Math.floor(own.length / length) }, (_, i) =>
        own.slice(i * length, (i + 1) * length).reduce((sum, r) => sum + r, 0),
      ),
    );
    return { length, value: mean(sums.flatMap((a, i) => sums.slice(0, i).map((b) => correlation(a, b)))) };
  });
  return panel('Minutes of two stocks correlate little, hours much (Epps)', {
    x: { label: 'minutes of a return', type: 'log', ticks: [1, 2, 5, 10, 30, 65, 130], tickFormat: 'd' },
    y: { label: 'correlation', grid: true, domain: [0, 0.5] },
    marks: [
      Plot.ruleY([0], { stroke: COLOURS.naive, strokeWidth: 2 }),
      Plot.line(rows, { x: 'length', y: 'value', stroke: COLOURS.ours, strokeWidth: 2 }),
      Plot.dot(rows, { x: 'length', y: 'value', fill: COLOURS.ours }),
    ],
  });
}
