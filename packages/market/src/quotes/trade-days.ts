import { MINUTE_MS } from '@datagen/core/generator';
import type { RandomStream } from '@datagen/core/random';
import type { MinuteBars } from '../prices/minutes/minute-bars.ts';
import type { QuoteDay } from './quote-book.ts';

const { floor, log, max, min } = Math;
const MINUTE_MICROS = MINUTE_MS * 1000;

/** Trades of exactly a hundred shares, and of fewer: 42 % and 45 % of one share's on two days of 2018. */
const HUNDRED = 0.42;
const ODD = 0.45;
const SEVERAL = 1 - HUNDRED - ODD;
/** The next trade is on the side of the last one as often: large orders are split. */
const SAME_SIDE = 0.25;
/** How much likelier buyers are where the bid is the larger side. */
const BY_IMBALANCE = 0.25;

/** The trades of one symbol in one session. */
export interface TradeDay {
  /** Microseconds after the open, strictly rising. */
  readonly times: Float64Array;
  /** Ticks. */
  readonly prices: Int32Array;
  readonly shares: Int32Array;
  /** 1 where the buyer took the ask, 0 where the seller took the bid. */
  readonly isBuy: Uint8Array;
}

/**
 * The trades of a session at its quotes: as many in each minute, of as many shares, as its bar has. Each trades at the
 * bid or the ask of its moment.
 */
export function tradeDay(bars: MinuteBars, quotes: QuoteDay, { uniform }: RandomStream): TradeDay {
  const { volume, tradeCount } = bars;
  const count = tradeCount.reduce((sum, n) => sum + n, 0);
  const times = new Float64Array(count);
  const [prices, shares, isBuy] = [new Int32Array(count), new Int32Array(count), new Uint8Array(count)];
  let row = 0;
  let last = -1;
  let quote = -1;
  let isLastBuy = 1;
  for (let minute = 0; minute < tradeCount.length; minute++) {
    const end = (minute + 1) * MINUTE_MICROS;
    const first = quote;
    while (quote + 1 < quotes.times.length && (quotes.times[quote + 1] as number) < end) quote++;
    const trades = tradeCount[minute] as number;
    let left = volume[minute] as number;
    const mean = left / trades;
    // Of fewer than a hundred, and of several hundreds, what the mean of the minute leaves.
    const odd = min(max((mean - 100 * HUNDRED) / (1 - HUNDRED), 5), 40);
    const several = max((mean - 100 * HUNDRED - odd * ODD) / SEVERAL / 100, 1.2);
    for (let i = 0; i < trades; i++, row++) {
      // Trades come as quotes do: each in the time of one of them, in their order.
      const place = first + ((i + uniform()) * (quote - first + 1)) / trades;
      const at = floor(place);
      const from = max(at < 0 ? 0 : (quotes.times[at] as number), minute * MINUTE_MICROS);
      const to = at < quote ? (quotes.times[at + 1] as number) : end;
      const micros = floor(from + (place - at) * (to - from));
      last = micros > last ? micros : last + 1;
      times[row] = last;
      const known = max(at, 0);
      const [bidLots, askLots] = [quotes.bidLots[known] as number, quotes.askLots[known] as number];
      const imbalance = (bidLots - askLots) / (bidLots + askLots);
      const u = uniform();
      isLastBuy = u < SAME_SIDE ? isLastBuy : uniform() < 0.5 + BY_IMBALANCE * imbalance ? 1 : 0;
      isBuy[row] = isLastBuy;
      prices[row] = (isLastBuy === 1 ? quotes.asks[known] : quotes.bids[known]) as number;
      const size = i === trades - 1 ? left : sizeOf(uniform(), uniform(), odd, several);
      // A share at least is left for each trade to come.
      const most = left - (trades - 1 - i);
      shares[row] = size < most ? size : max(most, 1);
      left -= shares[row] as number;
    }
  }
  return { times, prices, shares, isBuy };
}

/** Shares of a trade: `odd` on average where fewer than a hundred, `several` hundreds where more. */
function sizeOf(u: number, v: number, odd: number, several: number): number {
  if (u < HUNDRED) return 100;
  if (u < HUNDRED + ODD) return 1 + floor(2 * odd * v);
  return 100 * (1 + floor(-(several - 0.5) * log(1 - v)));
}
