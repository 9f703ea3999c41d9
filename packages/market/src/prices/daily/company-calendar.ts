import type { TradingDays } from '../../exchange/trading-days.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import { Dividends } from './dividends.ts';
import { EarningsDays } from './earnings-days.ts';

/** What a company announces, and when; known without its prices. */
export interface CompanyCalendar {
  readonly earnings: EarningsDays;
  readonly dividends: Dividends;
}

export function companyCalendar(
  seed: number,
  { symbol, sector, exchange }: ListedSymbol,
  days: TradingDays,
): CompanyCalendar {
  return {
    earnings: new EarningsDays(seed, symbol, exchange, days),
    dividends: new Dividends(symbol, sector, exchange, days),
  };
}
