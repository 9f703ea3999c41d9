import type { RandomStream } from '@datagen/core/random';
import { NORMAL_BITS } from './normal-table.ts';
import { LOTS_AT, LOTS_PER_SD, MIDDLE_LOTS } from './quote-sizes.ts';
import type { QuoteMids } from './quote-mids.ts';

const { abs, sqrt } = Math;

/** Best bid and ask at each quote. */
export interface QuoteBook {
  /** Ticks. */
  readonly bids: Int32Array;
  /** Ticks, above the bid. */
  readonly asks: Int32Array;
  readonly bidLots: Int32Array;
  readonly askLots: Int32Array;
}

/** The quotes of one symbol in one session. */
export interface QuoteDay extends QuoteBook {
  /** Microseconds after the open, strictly rising. */
  readonly times: Float64Array;
  /** Shares of a round lot. */
  readonly lotSize: number;
}

/** A price stays until it is off its target by this part of the spread, or a tick. */
const SLACK = 0.1;
/** How much of a side's size is left when it changes at the same price, and at a new one: autoregressions. */
const KEPT = 0.8;
const KEPT_AT_NEW_PRICE = 0.45;
/**
 * Sizes tell where the price goes: the side it moves towards is short, the other one long, by standard deviations of log
 * size for a move of one spread within the next quotes.
 */
const TELLING = 0.3;
const AHEAD = 3;
const MOST_TOLD = 2;
/** Where quotes are so rare that one side cannot keep up with the price, both move: a spread so much wider than meant. */
const WIDEST = 8;
const WIDEST_TICKS = 16;

/**
 * Fills a book one side at a time, as an exchange does: each quote changes the price or the size of the bid or of the
 * ask, and leaves the other. `spreads` are what the spread is meant to be in ticks; the last quote of a minute has the
 * middle that it is meant to have. `normals` is a table of normal numbers, `lots` one of sizes by deviation.
 */
export function quoteBook(
  { mids, isLast }: QuoteMids,
  spreads: Int32Array,
  normals: Float64Array,
  lots: Int32Array,
  { uniform }: RandomStream,
): QuoteBook {
  const count = mids.length;
  const [bids, asks] = [new Int32Array(count), new Int32Array(count)];
  const [bidLots, askLots] = [new Int32Array(count), new Int32Array(count)];
  const drawRange = 1 << (2 * NORMAL_BITS);
  const mask = (1 << NORMAL_BITS) - 1;
  const [keptStep, newStep] = [sqrt(1 - KEPT * KEPT), sqrt(1 - KEPT_AT_NEW_PRICE * KEPT_AT_NEW_PRICE)];
  const start = (uniform() * drawRange) | 0;
  let bidDepth = normals[start & mask] as number;
  let askDepth = normals[start >> NORMAL_BITS] as number;
  let bidSize = lots[lotsIndex(bidDepth)] as number;
  let askSize = lots[lotsIndex(askDepth)] as number;
  let bid = 0;
  let ask = 0;
  for (let i = 0; i < count; i++) {
    const mid = mids[i] as number;
    const spread = spreads[i] as number;
    // Rounds: prices are positive.
    let nextBid = (mid - spread / 2 + 0.5) | 0;
    if (nextBid < 1) nextBid = 1;
    let nextAsk = nextBid + spread;
    const bits = (uniform() * drawRange) | 0;
    let isBid = bits >> NORMAL_BITS < NORMAL_COUNT_HALF;
    if (i === 0) {
      bid = nextBid;
      ask = nextAsk;
    } else {
      let isMoved: boolean;
      if (isLast[i] === 1) {
        // One side alone brings the middle there; the one that leaves the better spread.
        const askSpread = 2 * (mid - bid);
        const bidSpread = 2 * (ask - mid);
        isBid = askSpread < 1 || (bidSpread >= 1 && abs(bidSpread - spread) < abs(askSpread - spread));
        const wide = isBid ? bidSpread : askSpread;
        if (wide > WIDEST * spread + WIDEST_TICKS) {
          bid = isBid ? bid : nextBid;
          ask = isBid ? nextAsk : ask;
        } else if (isBid) {
          nextBid = ask - wide;
          if (nextBid < 1) nextBid = 1;
        } else nextAsk = bid + wide;
        isMoved = isBid ? nextBid !== bid : nextAsk !== ask;
      } else {
        const bidOff = abs(nextBid - bid);
        const askOff = abs(nextAsk - ask);
        if (bidOff !== askOff) isBid = bidOff > askOff;
        const slack = SLACK * spread;
        if (nextBid >= ask) nextBid = ask - 1;
        if (nextAsk <= bid) nextAsk = bid + 1;
        isMoved = isBid ? bidOff >= slack && nextBid !== bid : askOff >= slack && nextAsk !== ask;
      }
      const ahead = mids[i + AHEAD < count ? i + AHEAD : count - 1] as number;
      let told = (ahead - 0.5 * (bid + ask)) / spread;
      told = told > MOST_TOLD ? MOST_TOLD : told < -MOST_TOLD ? -MOST_TOLD : told;
      const noise = normals[bits & mask] as number;
      if (isBid) {
        bidDepth = isMoved
          ? KEPT_AT_NEW_PRICE * bidDepth + newStep * noise
          : KEPT * bidDepth + keptStep * noise;
        const size = lots[lotsIndex(bidDepth + TELLING * told)] as number;
        // A quote that moves no price changes the size.
        bidSize = isMoved || size !== bidSize ? size : otherSize(size, bits);
        if (isMoved) bid = nextBid;
      } else {
        askDepth = isMoved
          ? KEPT_AT_NEW_PRICE * askDepth + newStep * noise
          : KEPT * askDepth + keptStep * noise;
        const size = lots[lotsIndex(askDepth - TELLING * told)] as number;
        askSize = isMoved || size !== askSize ? size : otherSize(size, bits);
        if (isMoved) ask = nextAsk;
      }
    }
    bids[i] = bid;
    asks[i] = ask;
    bidLots[i] = bidSize;
    askLots[i] = askSize;
  }
  return { bids, asks, bidLots, askLots };
}

const NORMAL_COUNT_HALF = 1 << (NORMAL_BITS - 1);

/** The place of a deviation in the table of sizes. */
function lotsIndex(deviation: number): number {
  const at = (deviation * LOTS_PER_SD + MIDDLE_LOTS) | 0;
  return at < 0 ? 0 : at < LOTS_AT ? at : LOTS_AT - 1;
}

/** A lot more, or less where there are many. */
function otherSize(size: number, bits: number): number {
  return size > 2 && (bits & 0x1000) !== 0 ? size - 1 : size + 1;
}
