// A year of the shop that docs/realism.md measures.
import * as Plot from '@observablehq/plot';
import { ecommerce } from '../../packages/ecommerce/src/index.ts';
import { readColumns } from '../../packages/testkit/src/rows/read-columns.ts';
import { sumBy } from '../../packages/testkit/src/statistics.ts';
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
  ];
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
