import type { ExchangeCalendar } from '../exchange/exchange-calendar.ts';
import type { Listings } from '../listings/listings.ts';
import type { DailyPrices } from '../prices/daily/daily-prices.ts';

/** What the tables of splits, dividends and earnings are made of. */
export interface CompanyModel {
  readonly calendar: ExchangeCalendar;
  readonly listings: Listings;
  readonly daily: DailyPrices;
}
