import { dayOf } from '@datagen/core/generator';
import { correlation } from '@datagen/testkit';
import { exchangeCalendar } from '../../src/exchange/exchange-calendar.ts';
import { Factors } from '../../src/prices/daily/factors.ts';
import { PriceHistory } from '../../src/prices/daily/price-history.ts';
import { listedSymbols } from '../../src/listings/listed-symbol.ts';
import { TradingDays } from '../../src/exchange/trading-days.ts';

const { abs, log } = Math;

/** Daily log returns of symbols and of the market factor, from the first trading day of 2000 on. */
export interface DailyReturns {
  readonly symbols: readonly Float64Array[];
  /** Of each symbol. */
  readonly sectors: readonly string[];
  readonly gaps: readonly Float64Array[];
  readonly factor: Float64Array;
  /** Nights before each day. */
  readonly nights: readonly number[];
}

export function dailyReturns(seed: number, nSymbols: number, nDays: number): DailyReturns {
  const days = new TradingDays(exchangeCalendar('XNYS'));
  const dailySd = 0.325 / Math.sqrt(252);
  const factors = new Factors(seed, days, dailySd * Math.sqrt(0.31));
  const settings = {
    seed,
    days,
    factors,
    ownSd: dailySd * Math.sqrt(0.69),
    anchorIndex: days.countBefore(dayOf(Date.parse('2024-01-03'))) - 1,
  };
  const listings = listedSymbols({ nSymbols, exchange: 'XNYS' });
  const symbols: Float64Array[] = [];
  const gaps: Float64Array[] = [];
  for (const listing of listings) {
    const history = new PriceHistory(settings, listing);
    const returns = new Float64Array(nDays);
    const gap = new Float64Array(nDays);
    for (let i = 0; i < nDays; i++) {
      const day = history.dayAt(i);
      gap[i] = day.gap;
      returns[i] = day.gap + day.sessionReturn;
    }
    symbols.push(returns);
    gaps.push(gap);
  }
  const market = Float64Array.from(
    { length: nDays },
    (_, i) => (factors.market.gap[i] as number) + (factors.market.session[i] as number),
  );
  const nights = Array.from({ length: nDays }, (_, i) => days.nightsBefore(i));
  return { symbols, sectors: listings.map(({ sector }) => sector), gaps, factor: market, nights };
}

export function absolute(values: Float64Array): Float64Array {
  return values.map((x) => abs(x));
}

/** Hill's estimate of the tail index of |x| from its largest `share`. */
export function hillIndex(values: Float64Array, share: number): number {
  const sorted = absolute(values).sort().reverse();
  const count = Math.floor(sorted.length * share);
  const threshold = sorted[count] as number;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += log((sorted[i] as number) / threshold);
  return count / sum;
}

/** Mean of corr(r_t, |r_{t+l}|) over lags 1 to 10, and with the two exchanged. */
export function leverage(returns: Float64Array): { after: number; before: number } {
  const sizes = absolute(returns);
  let after = 0;
  let before = 0;
  for (let lag = 1; lag <= 10; lag++) {
    after += correlation(returns, sizes, lag) / 10;
    before += correlation(sizes, returns, lag) / 10;
  }
  return { after, before };
}
