import { describe, expect, it } from '@jest/globals';
import { type Columns, countDifferences, readColumns } from '@datagen/testkit';
import { marketOhlcv } from '../../src/index.ts';

const OPTIONS = { nSymbols: 3, exchange: 'XNYS' } as const;
const [START, END] = ['2024-11-25', '2024-12-02'];
// Thanksgiving week: two full days, a holiday, a half day, a weekend, a full day.
const SESSIONS = [390, 390, 390, 210, 390];

const { max, min } = Math;

function bars(frequency: '1m' | '5m' | '15m' | '1h' | '1d'): Columns {
  return readColumns(marketOhlcv({ ...OPTIONS, frequency }), 'ohlcv', START, END);
}

/** Sums minutes up by hand: one group of rows for each bar, in the order of the table. */
function sumUp(minutes: Columns, step: number) {
  const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((name) => minutes.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [volume, trades, vwap, ts] = ['volume', 'trade_count', 'vwap', 'ts'].map((name) =>
    minutes.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const out = {
    ts: [],
    open: [],
    high: [],
    low: [],
    close: [],
    volume: [],
    trade_count: [],
    vwap: [],
  } as Record<string, number[]>;
  let row = 0;
  for (const session of SESSIONS)
    for (let symbol = 0; symbol < 3; symbol++) {
      for (let from = 0; from < session; from += step) {
        const [first, last] = [row + from, row + min(from + step, session)];
        let [shares, turnover] = [0, 0];
        for (let i = first; i < last; i++) {
          shares += volume[i] as number;
          turnover += (volume[i] as number) * (vwap[i] as number);
        }
        out['ts']?.push(ts[first] as number);
        out['open']?.push(open[first] as number);
        out['high']?.push(max(...high.subarray(first, last)));
        out['low']?.push(min(...low.subarray(first, last)));
        out['close']?.push(close[last - 1] as number);
        out['volume']?.push(shares);
        out['trade_count']?.push(trades.subarray(first, last).reduce((a, b) => a + b, 0));
        out['vwap']?.push(Math.round(turnover / shares));
      }
      row += session;
    }
  return out;
}

describe('M16: longer bars', () => {
  const minutes = bars('1m');
  it.each([
    ['5m', 5],
    ['15m', 15],
    ['1h', 60],
    ['1d', 1440],
  ] as const)('%s are sums of the minutes', (frequency, step) => {
    const actual = bars(frequency);
    const expected = sumUp(minutes, step);
    expect(actual.rowCount).toBe(SESSIONS.reduce((sum, session) => sum + 3 * Math.ceil(session / step), 0));
    for (const [name, values] of Object.entries(expected))
      expect([name, countDifferences(actual.numbers(name), values)]).toEqual([name, 0]);
  });

  it('carry their mean price between low and high', () => {
    const daily = bars('1d');
    const [low, high, vwap] = ['low', 'high', 'vwap'].map((name) => daily.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    expect(vwap.filter((v, i) => v < (low[i] as number) || v > (high[i] as number))).toHaveLength(0);
  });
});
