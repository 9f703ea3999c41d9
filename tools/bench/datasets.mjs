// What is measured: one dataset of every generator, at about any number of rows of its large tables.

const DAY_MS = 86_400_000;

/** The last day of `days` days from `start` on. */
function lastDay(start, days) {
  return addDays(start, wholeDays(days) - 1);
}

/** The first day of `days` days up to `end`. */
function firstDay(end, days) {
  return addDays(end, 1 - wholeDays(days));
}

function wholeDays(days) {
  return Math.max(1, Math.round(days));
}

function addDays(day, count) {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** `at(rows)`: options of the generator and a window that give about that many rows of `tables`. */
export const DATASETS = {
  'orders and items': {
    generator: 'ecommerce',
    tables: ['orders', 'order_items'],
    // Some 209,000 rows a day: an order and 2.1 items each. Memory follows the largest day, so that every number of rows
    // has it: Black Friday, three days before the end.
    at: (rows) => ({
      nCustomers: 100_000,
      ordersPerDay: 60_000,
      startDate: firstDay('2024-12-02', rows / 209_000),
      endDate: '2024-12-02',
    }),
  },
  customers: {
    generator: 'ecommerce',
    tables: ['customers'],
    at: (rows) => ({ nCustomers: rows, startDate: '2026-01-01', endDate: '2026-01-01' }),
  },
  ohlcv: {
    generator: 'market_ohlcv',
    tables: ['ohlcv'],
    // 390 minutes of 100 symbols on 5 days of 7.
    at: (rows) => ({
      nSymbols: 100,
      frequency: '1m',
      startDate: '2025-01-01',
      endDate: lastDay('2025-01-01', rows / 39_000 / 0.69),
    }),
  },
  quotes: {
    generator: 'market_quotes',
    tables: ['quotes'],
    at: (rows) => ({
      nSymbols: 20,
      startDate: '2025-01-01',
      endDate: lastDay('2025-01-01', rows / 20 / 23_000 / 0.69),
    }),
  },
  readings: {
    generator: 'sensors',
    tables: ['readings'],
    // Five metrics of 1,000 devices every five minutes.
    at: (rows) => ({
      nDevices: 1_000,
      startDate: '2026-01-01',
      endDate: lastDay('2026-01-01', rows / 1_000 / 5 / 288),
    }),
  },
  'weather, hourly': {
    generator: 'weather',
    tables: ['weather_hourly'],
    at: (rows) => ({
      locations: places(200),
      startDate: '2016-01-01',
      endDate: lastDay('2016-01-01', rows / 200 / 24),
    }),
  },
};

/** Points of a grid over Europe. */
function places(count) {
  return Array.from({ length: count }, (_, i) => ({
    name: `place-${i}`,
    latitude: 40 + (i % 20),
    longitude: Math.floor(i / 20) * 2,
    elevation: 100,
  }));
}
