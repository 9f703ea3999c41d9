import { describe, expect, it } from '@jest/globals';
import { autocorrelation, readColumns, shareWhere } from '@datagen/testkit';
import { marketOhlcv, marketQuotes } from '../../src/index.ts';

const { floor, log } = Math;
const DAY = '2024-03-12';
const OPEN_MICROS = Date.parse('2024-03-12T13:30:00Z') * 1000;
const report = process.env['REPORT'] === '1' ? console.log : () => undefined;

describe.each([1, 2, 3, 4])('trades of a day, seed %i', (seed) => {
  const options = { seed, symbols: ['PTY'] };
  const generator = marketQuotes({ ...options, trades: true });
  const trades = readColumns(generator, 'trades', DAY, DAY);
  const [times, prices, sizes] = ['ts', 'price', 'size'].map((name) => trades.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];

  it('T1: add up to the minutes of market_ohlcv', () => {
    const bars = readColumns(marketOhlcv(options), 'ohlcv', DAY, DAY);
    const [counts, shares] = [new Float64Array(390), new Float64Array(390)];
    times.forEach((time, i) => {
      const minute = floor((time - OPEN_MICROS) / 60e6);
      counts[minute] = (counts[minute] as number) + 1;
      shares[minute] = (shares[minute] as number) + (sizes[i] as number);
    });
    expect([...counts]).toEqual([...bars.numbers('trade_count')]);
    expect([...shares]).toEqual([...bars.numbers('volume')]);
  });

  it('T2: rise in time and have the bid or the ask of their moment', () => {
    const quotes = readColumns(generator, 'quotes', DAY, DAY);
    const [quoted, bids, asks] = ['ts', 'bid_price', 'ask_price'].map((name) => quotes.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const sides = trades.texts('side');
    let faults = 0;
    let quote = 0;
    for (let i = 0; i < times.length; i++) {
      if (i > 0 && !((times[i] as number) > (times[i - 1] as number))) faults++;
      while (quote + 1 < quoted.length && (quoted[quote + 1] as number) <= (times[i] as number)) quote++;
      if (prices[i] !== (sides[i] === 'buy' ? asks : bids)[quote]) faults++;
      if (!((sizes[i] as number) >= 1)) faults++;
    }
    // A trade that had to wait a microsecond for the one before may have met the next quote.
    expect(faults / times.length).toBeLessThan(0.001);
  });

  it('T3: bounce between bid and ask, and are mostly of a hundred shares or fewer', () => {
    const returns = prices.subarray(1).map((price, i) => log(price / (prices[i] as number)));
    const bounce = autocorrelation(returns, 1);
    const hundred = shareWhere(sizes, (size) => size === 100);
    const odd = shareWhere(sizes, (size) => size < 100);
    report('T3', seed, bounce, hundred, odd, sizes.length);
    expect(bounce).toBeGreaterThan(-0.6);
    expect(bounce).toBeLessThan(-0.2);
    expect(hundred).toBeGreaterThan(0.35);
    expect(hundred).toBeLessThan(0.5);
    expect(odd).toBeGreaterThan(0.35);
    expect(odd).toBeLessThan(0.6);
  });

  it('T4: are about as many as their block says', () => {
    const table = generator.tables.find(({ name }) => name === 'trades');
    const startMs = Date.parse(DAY);
    const [block] = generator.blocks(table as never, { startMs, endMs: startMs + 86_400_000 });
    expect(Math.abs((block?.rowCount ?? 0) / times.length - 1)).toBeLessThan(0.3);
  });
});

it('are made only when asked for', () => {
  expect(marketQuotes().tables.map(({ name }) => name)).toEqual(['symbols', 'quotes']);
});
