// A year of the shop that docs/realism.md measures.
import * as Plot from '@observablehq/plot';
import { ecommerce } from '../../../packages/ecommerce/src/index.ts';
import { readColumns } from '../../../packages/testkit/src/rows/read-columns.ts';
import { sumBy } from '../../../packages/testkit/src/statistics.ts';
import { COLOURS, panel } from './chart.mjs';

const HOUR_US = 3_600_000_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function panels() {
  const shop = ecommerce({
    seed: 1,
    nCustomers: 60_000,
    nProducts: 10_000,
    ordersPerDay: 370,
    orderItemsMean: 2.6,
  });
  const orders = readColumns(shop, 'orders', '2025-01-01', '2025-12-31');
  const items = readColumns(shop, 'order_items', '2025-01-01', '2025-12-31');
  const hours = orders.numbers('order_ts').map((us) => Math.floor(us / HOUR_US));

  const perDay = [...sumBy(hours.map((hour) => Math.floor(hour / 24)))];
  // 1970-01-01 was a Thursday.
  const week = [...sumBy(hours.map((hour) => (hour + 72) % 168))].sort(([a], [b]) => a - b);
  return [
    panel('A year has a season, weekdays and a Black Friday', {
      x: { type: 'utc', label: null },
      y: { label: 'orders a day', grid: true },
      marks: [
        Plot.lineY(perDay, {
          x: ([day]) => new Date(day * 24 * 3_600_000),
          y: ([, count]) => count,
          stroke: COLOURS.ours,
        }),
        Plot.ruleY([0]),
      ],
    }),
    panel('People order in the evening (a mean week, UTC)', {
      x: { label: null, ticks: WEEKDAYS.map((_, i) => i * 24), tickFormat: (hour) => WEEKDAYS[hour / 24] },
      y: { label: 'orders an hour', grid: true },
      marks: [
        Plot.areaY(week, {
          x: ([hour]) => hour,
          y: ([, count]) => count / 52,
          fill: COLOURS.ours,
          fillOpacity: 0.3,
        }),
        Plot.ruleY([0]),
      ],
    }),
    lorenz(
      'A fifth of the buyers place 60 % of the orders',
      'buyers',
      'orders',
      orders.numbers('customer_id'),
    ),
    lorenz(
      'A fifth of the products are in 80 % of the lines',
      'products',
      'lines',
      items.numbers('product_id'),
    ),
    habits(orders),
    bestSellers(items),
  ];
}

/** How far apart the weekdays of two orders of a customer that follow each other are, against those of any two. */
function habits(orders) {
  const days = orders.numbers('order_date');
  const last = new Map();
  const ours = new Array(7).fill(0);
  orders.numbers('customer_id').forEach((customer, row) => {
    const before = last.get(customer);
    if (before !== undefined) ours[(days[row] - before) % 7]++;
    last.set(customer, days[row]);
  });
  const byWeekday = new Array(7).fill(0);
  for (const day of days) byWeekday[day % 7]++;
  const chance = ours.map((_, distance) =>
    byWeekday.reduce((sum, count, weekday) => sum + count * byWeekday[(weekday + distance) % 7], 0),
  );
  const shares = (counts) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return counts.map((count, distance) => [distance, count / total]);
  };
  return panel('Customers come back on their weekday', {
    x: { label: 'days after the weekday of the order before', tickFormat: 'd' },
    y: { label: 'share of repeat orders', tickFormat: '.0%', grid: true },
    marks: [
      Plot.barY(shares(ours), { x: ([distance]) => distance, y: ([, share]) => share, fill: COLOURS.ours }),
      Plot.tickY(shares(chance), {
        x: ([distance]) => distance,
        y: ([, share]) => share,
        stroke: COLOURS.reference,
        strokeWidth: 2,
      }),
      Plot.text([[3, shares(chance)[3][1] + 0.02]], { text: ['by chance'], fill: COLOURS.reference }),
      Plot.ruleY([0]),
    ],
  });
}

/** The five products that sell best in the first month, by month: ranks change. */
function bestSellers(items) {
  const months = items.numbers('order_date').map((day) => new Date(day * 24 * 3_600_000).getUTCMonth());
  const products = items.numbers('product_id');
  const counts = Array.from({ length: 12 }, () => new Map());
  products.forEach((id, row) => {
    const month = counts[months[row]];
    month.set(id, (month.get(id) ?? 0) + 1);
  });
  const best = [...counts[0]]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([id]) => id);
  const points = best.flatMap((id) =>
    counts.map((month, i) => ({ id, month: i, lines: month.get(id) ?? 0 })),
  );
  return panel('Best sellers of January lose their place', {
    x: { label: null, ticks: [0, 3, 6, 9], tickFormat: (month) => ['Jan', 'Apr', 'Jul', 'Oct'][month / 3] },
    y: { label: 'lines a month', grid: true },
    marks: [
      Plot.lineY(points, { x: 'month', y: 'lines', z: 'id', stroke: COLOURS.ours, strokeOpacity: 0.7 }),
      Plot.ruleY([0]),
    ],
  });
}

/** Lorenz curve of how often each id comes, the most frequent first. */
function lorenz(title, who, what, ids) {
  const counts = [...sumBy(ids).values()].sort((a, b) => b - a);
  let sum = 0;
  const curve = counts.map((count, i) => [(i + 1) / counts.length, (sum += count) / ids.length]);
  const shown = [[0, 0], ...curve.filter((_, i) => i % Math.ceil(curve.length / 200) === 0), [1, 1]];
  return panel(title, {
    x: { label: `share of ${who}, the most frequent first`, tickFormat: '.0%' },
    y: { label: `share of ${what}`, tickFormat: '.0%', grid: true },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: COLOURS.naive, strokeDasharray: '4' },
      ),
      Plot.line(shown, { stroke: COLOURS.ours, strokeWidth: 2 }),
      Plot.text([[0.6, 0.5]], { text: ['all alike'], fill: 'gray', textAnchor: 'start' }),
    ],
  });
}
