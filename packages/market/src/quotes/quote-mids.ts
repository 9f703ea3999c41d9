import { MINUTE_MS } from '@datagen/core/generator';
import type { RandomStream } from '@datagen/core/random';
import type { MinuteBars } from '../prices/minutes/minute-bars.ts';
import { NORMAL_COUNT } from './normal-table.ts';

const { floor, max, min, round, sqrt } = Math;
const MINUTE_MICROS = MINUTE_MS * 1000;
/** Quotes of a move for a variance from quote to quote that is the square of the mean spread, and the most of any. */
const STEADINESS = 100;
const LONGEST_STRIDE = 40;

/** What the middle of bid and ask is meant to be. */
export interface QuoteMids {
  /** Ticks, unrounded; whole at the last quote of a minute. */
  readonly mids: Float64Array;
  /** 1 at the last quote of each minute. */
  readonly isLast: Uint8Array;
}

/**
 * The middle of bid and ask at each quote, in ticks and unrounded: Brownian bridges from the last quote of one minute
 * to the last quote of the next, which have the closes of their minutes. `times` are microseconds after the open,
 * `normals` a table of normal numbers, and `stride` the quotes that a move takes: between them it is steady.
 */
export function quoteMids(
  times: Float64Array,
  bars: MinuteBars,
  stride: number,
  normals: Float64Array,
  { uniform }: RandomStream,
): QuoteMids {
  const { close, sigma } = bars;
  const lastMinute = close.length - 1;
  const mids = new Float64Array(times.length);
  const isLast = new Uint8Array(times.length);
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
    while (end < times.length && (times[end] as number) < minuteEnd) end++;
    // Moves of about as many quotes each, the last of which ends with the minute.
    const moves = max(round((end - begin) / stride), 1);
    const length = (end - begin) / moves;
    // How far the path is, and when it got there.
    let walked = 0;
    let walkedTo = fromTime;
    for (let move = 0, start = begin; move < moves; move++) {
      const stop = begin + round((move + 1) * length);
      const time = times[stop - 1] as number;
      const step =
        (sd * sqrt(time - walkedTo) * (normals[(uniform() * NORMAL_COUNT) | 0] as number)) / (stop - start);
      for (let i = start; i < stop; i++) mids[i] = walked += step;
      walkedTo = time;
      start = stop;
    }
    // Bent towards the close; the very first quote may come at the open itself, alone in its minute.
    const perMicro = walkedTo > fromTime ? (to - from - walked) / (walkedTo - fromTime) : 0;
    let bent = from;
    for (let move = 0, start = begin; move < moves; move++) {
      const stop = begin + round((move + 1) * length);
      const next = from + perMicro * ((times[stop - 1] as number) - fromTime);
      const step = (next - bent) / (stop - start);
      for (let i = start; i < stop; i++) mids[i] = (mids[i] as number) + (bent += step);
      start = stop;
    }
    mids[end - 1] = to;
    isLast[end - 1] = 1;
    fromTime = walkedTo;
    from = to;
    begin = end;
  }
  return { mids, isLast };
}

/**
 * How many quotes a move of the price takes, for spreads as steady as they are meant to be: one side of a book follows
 * the other, so each move makes a spread wider or narrower for a while, by a part of the move that is as small as it
 * takes quotes. `meanTicks` is the mean spread.
 */
export function strideFor(times: Float64Array, { open, sigma }: MinuteBars, meanTicks: number): number {
  let variance = 0;
  for (let i = 0; i < sigma.length; i++) variance += (sigma[i] as number) * (sigma[i] as number);
  const price = open[0] as number;
  const perQuote = (variance * price * price) / times.length;
  return min(max(round((STEADINESS * perQuote) / (meanTicks * meanTicks)), 1), LONGEST_STRIDE);
}
