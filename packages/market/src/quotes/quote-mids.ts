import { MINUTE_MS } from '@datagen/core/generator';
import type { RandomStream } from '@datagen/core/random';
import type { MinuteBars } from '../prices/minutes/minute-bars.ts';
import { NORMAL_COUNT } from './normal-table.ts';

const { floor, sqrt } = Math;
const MINUTE_MICROS = MINUTE_MS * 1000;

/**
 * The middle of bid and ask at each quote, in ticks and unrounded: Brownian bridges from the last quote of one minute
 * to the last quote of the next, which have the closes of their minutes. `times` are microseconds after the open,
 * `normals` a table of normal numbers.
 */
export function quoteMids(
  times: Float64Array,
  bars: MinuteBars,
  normals: Float64Array,
  { uniform }: RandomStream,
): Float64Array {
  const { close, sigma } = bars;
  const lastMinute = close.length - 1;
  const mids = new Float64Array(times.length);
  let fromTime = 0;
  let from = bars.open[0] as number;
  let begin = 0;
  while (begin < times.length) {
    let minute = floor((times[begin] as number) / MINUTE_MICROS);
    if (minute > lastMinute) minute = lastMinute;
    const minuteEnd = minute === lastMinute ? Infinity : (minute + 1) * MINUTE_MICROS;
    const to = close[minute] as number;
    const sd = ((sigma[minute] as number) * to) / sqrt(MINUTE_MICROS);
    let end = begin;
    let previous = fromTime;
    let path = 0;
    for (; end < times.length; end++) {
      const time = times[end] as number;
      if (time >= minuteEnd) break;
      path += sd * sqrt(time - previous) * (normals[(uniform() * NORMAL_COUNT) | 0] as number);
      mids[end] = path;
      previous = time;
    }
    // The very first quote may come at the open itself, alone in its minute.
    const perMicro = previous > fromTime ? (to - from - path) / (previous - fromTime) : 0;
    for (let i = begin; i < end; i++)
      mids[i] = from + (mids[i] as number) + perMicro * ((times[i] as number) - fromTime);
    mids[end - 1] = to;
    fromTime = previous;
    from = to;
    begin = end;
  }
  return mids;
}
