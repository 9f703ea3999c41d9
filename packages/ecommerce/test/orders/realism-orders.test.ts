import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { mean, readColumns, sharesOf, shareWhere, sumBy, topShare, variance } from '@datagen/testkit';
import { HOUR_SHARES, WEEKDAY_SHARES } from '../../src/demand/seasonality.ts';
import { realismShop, SEEDS, START, tableOf } from '../realism-shop.ts';

const HOUR_US = 3_600_000_000;
const dayOfDate = (date: string) => Date.parse(date) / DAY_MS;
const BLACK_FRIDAY = dayOfDate('2025-11-28');

describe.each(SEEDS)('orders of seed %i', (seed) => {
  const orders = tableOf('orders', seed);
  const byDay = sumBy(orders.numbers('order_date'));
  const meanDay = orders.rowCount / byDay.size;

  it('E2: the top 20 % of buyers place .50 to .65 of orders and .60 to .80 of revenue', () => {
    const customers = orders.numbers('customer_id');
    const orderShare = topShare(sumBy(customers).values(), 0.2);
    const revenueShare = topShare(sumBy(customers, orders.numbers('amount_eur')).values(), 0.2);
    expect(orderShare).toBeGreaterThanOrEqual(0.5);
    expect(orderShare).toBeLessThanOrEqual(0.65);
    expect(revenueShare).toBeGreaterThanOrEqual(0.6);
    expect(revenueShare).toBeLessThanOrEqual(0.8);
  });

  it('E3: .30 to .62 of buyers order once', () => {
    const share = shareWhere([...sumBy(orders.numbers('customer_id')).values()], (count) => count === 1);
    expect(share).toBeGreaterThanOrEqual(0.3);
    expect(share).toBeLessThanOrEqual(0.62);
  });

  it('E7: baskets have the mean asked for and spread beyond a Poisson number', () => {
    const sizes = orders.numbers('item_count');
    expect(Math.abs(mean(sizes) / 2.6 - 1)).toBeLessThanOrEqual(0.02);
    expect(variance(sizes) / (mean(sizes) - 1)).toBeGreaterThanOrEqual(1.8);
    // orderItemsStd is 0.8 means.
    expect(Math.abs(Math.sqrt(variance(sizes)) / 2.6 - 0.8)).toBeLessThanOrEqual(0.02);
  });

  it('E11: weekdays have their shares within .5 pp', () => {
    const counts = new Array<number>(7).fill(0);
    for (const [day, count] of byDay) {
      if (day < dayOfDate('2025-01-07') || day > dayOfDate('2025-11-10')) continue;
      const weekday = (new Date(day * DAY_MS).getUTCDay() + 6) % 7;
      counts[weekday] = (counts[weekday] as number) + count;
    }
    sharesOf(counts).forEach((share, i) =>
      expect(Math.abs(share - (WEEKDAY_SHARES[i] as number))).toBeLessThanOrEqual(0.005),
    );
  });

  it('E12: local hours have their shares, with the peak in the evening and the trough at night', () => {
    const hourIn = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    const counts = new Array<number>(24).fill(0);
    for (const [utcHour, count] of sumBy(orders.numbers('order_ts').map((us) => Math.floor(us / HOUR_US)))) {
      const hour = Number(hourIn.format(utcHour * 3_600_000));
      counts[hour] = (counts[hour] as number) + count;
    }
    const shares = sharesOf(counts);
    const expected = sharesOf([...HOUR_SHARES]);
    const peak = Math.max(...shares);
    const trough = Math.min(...shares);
    expect([19, 20, 21]).toContain(shares.indexOf(peak));
    expect([3, 4, 5]).toContain(shares.indexOf(trough));
    expect(peak / trough).toBeGreaterThanOrEqual(15);
    expect(
      shares.reduce((sum, share, i) => sum + Math.abs(share - (expected[i] as number)), 0),
    ).toBeLessThanOrEqual(0.015);
  });

  it('E13: November has 1.3 to 1.8 mean months, Black Friday 2.5 to 5 mean days, Christmas is quiet', () => {
    const november = [...byDay].filter(([day]) => new Date(day * DAY_MS).getUTCMonth() === 10);
    const novemberRatio = november.reduce((sum, [, count]) => sum + count, 0) / (orders.rowCount / 12);
    expect(novemberRatio).toBeGreaterThanOrEqual(1.3);
    expect(novemberRatio).toBeLessThanOrEqual(1.8);
    const blackFridayRatio = (byDay.get(BLACK_FRIDAY) as number) / meanDay;
    expect(blackFridayRatio).toBeGreaterThanOrEqual(2.5);
    expect(blackFridayRatio).toBeLessThanOrEqual(5);
    for (const date of ['2025-12-24', '2025-12-25', '2025-12-26']) {
      expect(byDay.get(dayOfDate(date)) as number).toBeLessThan(
        0.75 * (byDay.get(dayOfDate('2025-12-17')) as number),
      );
    }
  });

  it('E15: orders grow from year to year as asked, within 3 pp', () => {
    const before = readColumns(realismShop(seed), 'orders', '2024-01-01', '2024-12-31').rowCount / 366;
    expect(Math.abs(meanDay / before - 1.1)).toBeLessThanOrEqual(0.03);
  });
});

it('E15: another growth gives another year', () => {
  const shop = realismShop(1, { annualGrowth: 0.4 });
  const [first, second] = ['2024', '2025'].map(
    (year) => readColumns(shop, 'orders', `${year}-01-01`, `${year}-12-31`).rowCount,
  );
  expect(Math.abs((second as number) / 365 / ((first as number) / 366) - 1.4)).toBeLessThanOrEqual(0.03);
});

it('turns the season off where it is not wanted', () => {
  const shop = realismShop(1, { seasonality: 0, blackFridayFactor: 1, annualGrowth: 0 });
  const counts = [...sumBy(readColumns(shop, 'orders', START, '2025-12-31').numbers('order_date')).values()];
  // What is left is chance: Poisson with 7 % noise.
  expect(Math.max(...counts) / mean(counts)).toBeLessThan(1.45);
  expect(Math.min(...counts) / mean(counts)).toBeGreaterThan(0.65);
});
