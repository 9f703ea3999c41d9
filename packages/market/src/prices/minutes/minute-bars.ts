/** The minutes of one session of one symbol, in memory that the next session uses again. */
export class MinuteBars {
  /** Prices in ticks; a minute opens where the one before closed. */
  readonly open: Int32Array;
  readonly high: Int32Array;
  readonly low: Int32Array;
  readonly close: Int32Array;
  /** Units of the currency in a tick. */
  tickSize = 1;
  /** Standard deviation of each minute's log return, given the volatility of the moment. */
  readonly sigma: Float64Array;
  /** Deviation of each minute's log volatility from what is usual at its time. */
  readonly nerves: Float64Array;
  /** Shares traded, at least 1. */
  readonly volume: Int32Array;
  /** Mean price of the shares traded, in ten-thousandths of the currency, whole. */
  readonly vwap: Int32Array;
  readonly tradeCount: Int32Array;
  /** Shares of the first and the last minute that trade in the auctions at the open and the close. */
  openAuction = 0;
  closeAuction = 0;
  /** Shares of the day per share of `priceAnchorDate`: what splits in between have made of one. */
  shareFactor = 1;

  constructor(minutes: number) {
    const column = () => new Int32Array(minutes);
    [this.open, this.high, this.low, this.close] = [column(), column(), column(), column()];
    [this.volume, this.vwap, this.tradeCount] = [column(), column(), column()];
    this.sigma = new Float64Array(minutes);
    this.nerves = new Float64Array(minutes);
  }
}
