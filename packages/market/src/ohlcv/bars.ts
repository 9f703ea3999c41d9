import type { MinuteBars } from '../prices/minutes/minute-bars.ts';

/** Bars of one symbol and session: prices in ticks, mean prices in ten-thousandths of the currency. */
export interface Bars {
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  readonly volume: ArrayLike<number>;
  readonly vwap: Int32Array;
  readonly tradeCount: Int32Array;
}

/** Sums minutes up to bars of `step` minutes, in memory of their own; the last bar of a session may be shorter. */
export function aggregateBars(minutes: MinuteBars, step: number): Bars {
  const count = Math.ceil(minutes.open.length / step);
  const bars = {
    open: new Int32Array(count),
    high: new Int32Array(count),
    low: new Int32Array(count),
    close: new Int32Array(count),
    volume: new Float64Array(count),
    vwap: new Int32Array(count),
    tradeCount: new Int32Array(count),
  };
  for (let bar = 0; bar < count; bar++) {
    const from = bar * step;
    const to = Math.min(from + step, minutes.open.length);
    let high = 0;
    let low = 0x7fffffff;
    let volume = 0;
    let turnover = 0;
    let tradeCount = 0;
    for (let i = from; i < to; i++) {
      if ((minutes.high[i] as number) > high) high = minutes.high[i] as number;
      if ((minutes.low[i] as number) < low) low = minutes.low[i] as number;
      const shares = minutes.volume[i] as number;
      volume += shares;
      // Below 2^53 it is exact, which is a billion shares at 900; beyond, the mean is off by 1e-13 of it at most.
      turnover += shares * (minutes.vwap[i] as number);
      tradeCount += minutes.tradeCount[i] as number;
    }
    bars.open[bar] = minutes.open[from] as number;
    bars.high[bar] = high;
    bars.low[bar] = low;
    bars.close[bar] = minutes.close[to - 1] as number;
    bars.volume[bar] = volume;
    bars.vwap[bar] = Math.round(turnover / volume);
    bars.tradeCount[bar] = tradeCount;
  }
  return bars;
}
