import { describe, expect, it } from '@jest/globals';
import { DAY_MS, dayOf } from '@datagen/core/generator';
import { mean, readColumns, variance } from '@datagen/testkit';
import { exchangeCalendar } from '../../src/exchange/exchange-calendar.ts';
import { marketOhlcv } from '../../src/index.ts';
import { listedSymbols } from '../../src/listings/listed-symbol.ts';
import { MarketOhlcvConfig } from '../../src/ohlcv/market-ohlcv-config.ts';
import { DailyPrices } from '../../src/prices/daily/daily-prices.ts';

const { abs, log, sqrt } = Math;
const calendar = exchangeCalendar('XNYS');
const YEARS = ['2014-01-01', '2023-12-31'] as const;

describe.each([1, 2, 3, 4])('what companies announce, seed %i', (seed) => {
  const options = { seed, nSymbols: 60 };
  const generator = marketOhlcv(options);
  const daily = new DailyPrices(MarketOhlcvConfig.parse(options), calendar);
  const bySymbol = new Map(listedSymbols({ nSymbols: 60, exchange: 'XNYS' }).map((row) => [row.symbol, row]));
  const on = (symbol: string, day: number) => daily.on(bySymbol.get(symbol) as never, day);

  it('C1: prices fall by their dividends at the open of the ex-date, and nowhere else', () => {
    const dividends = readColumns(generator, 'dividends', ...YEARS);
    const symbols = dividends.texts('symbol');
    const [days, amounts] = [dividends.numbers('ex_date'), dividends.numbers('cash_amount')];
    expect(dividends.rowCount).toBeGreaterThan(1_000);
    const parts: number[] = [];
    const gaps: number[] = [];
    const plain: number[] = [];
    symbols.forEach((symbol, i) => {
      const { previousClose, gap } = on(symbol, days[i] as number);
      parts.push((amounts[i] as number) / 10_000 / previousClose);
      gaps.push(gap);
      const before = daily.days.dayAt(daily.days.countBefore(days[i] as number) - 1);
      plain.push(on(symbol, before).gap);
    });
    // A gap is ten times as wide as a dividend: the mean of thousands tells.
    const error = sqrt(variance(gaps) / gaps.length);
    expect(mean(parts)).toBeGreaterThan(0.003);
    expect(abs(mean(gaps) + mean(parts))).toBeLessThan(3.5 * error);
    expect(mean(gaps)).toBeLessThan(mean(plain) - 2 * error);
  });

  it('C1: four equal dividends a year, in whole cents, dated in their order', () => {
    const dividends = readColumns(generator, 'dividends', '2019-01-01', '2019-12-31');
    const amountsOf = new Map<string, number[]>();
    dividends.texts('symbol').forEach((symbol, i) => {
      amountsOf.set(symbol, [
        ...(amountsOf.get(symbol) ?? []),
        dividends.numbers('cash_amount')[i] as number,
      ]);
    });
    // Splits of the year change what a share is; a share that lost more than half has its dividend cut.
    const equal = [...amountsOf.values()].filter((amounts) => new Set(amounts).size === 1).length;
    expect(equal).toBeGreaterThan(0.7 * amountsOf.size);
    expect([...amountsOf.values()].every((amounts) => amounts.length === 4)).toBe(true);
    expect(amountsOf.size).toBeGreaterThan(25);
    expect(amountsOf.size).toBeLessThan(60);
    const [declared, ex, record, paid] = ['declaration_date', 'ex_date', 'record_date', 'payment_date'].map(
      (name) => dividends.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < dividends.rowCount; i++) {
      const dates = [declared[i], ex[i], record[i], paid[i]] as number[];
      expect(dates).toEqual([...dates].sort((a, b) => a - b));
      // Trades settled in two days: the record date is the next day that trades.
      expect(daily.days.countBefore(record[i] as number) - daily.days.countBefore(ex[i] as number)).toBe(1);
    }
  });

  it('C2: tell their earnings four times a year, in season, and prices and volume answer', () => {
    const earnings = readColumns(generator, 'earnings', ...YEARS);
    const symbols = earnings.texts('symbol');
    expect(earnings.rowCount / 600).toBeGreaterThan(3.9);
    expect(earnings.rowCount / 600).toBeLessThan(4.1);
    const [told, first, ends] = ['announcement_date', 'first_trade_date', 'fiscal_quarter_end'].map((name) =>
      earnings.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array];
    const after = earnings.texts('timing').map((timing) => timing === 'after_close');
    const moves: number[] = [];
    const plain: number[] = [];
    const inSeason: number[] = [];
    symbols.forEach((symbol, i) => {
      const index = daily.days.countBefore(first[i] as number);
      expect(daily.days.dayAt(index - (after[i] === true ? 1 : 0))).toBe(told[i]);
      const lag = (told[i] as number) - (ends[i] as number);
      expect(lag).toBeGreaterThan(7);
      expect(lag).toBeLessThan(75);
      inSeason.push(lag >= 14 && lag <= 50 ? 1 : 0);
      const { gap, newsVolume } = on(symbol, first[i] as number);
      expect(newsVolume).toBeGreaterThan(0.4);
      moves.push(gap);
      plain.push(on(symbol, daily.days.dayAt(index - 10)).gap);
    });
    expect(mean(inSeason)).toBeGreaterThan(0.85);
    expect(variance(moves)).toBeGreaterThan(6 * variance(plain));
    const seasons = [...told].filter((day) => [0, 3, 6, 9].includes(new Date(day * DAY_MS).getUTCMonth()));
    expect(seasons.length / told.length).toBeGreaterThan(0.3);
  });
});

it('C2: volume doubles at earnings in bars, too', () => {
  const generator = marketOhlcv({ nSymbols: 25, frequency: '1d' });
  const [start, end] = ['2022-01-01', '2022-12-31'];
  const bars = readColumns(generator, 'ohlcv', start, end);
  const earnings = readColumns(generator, 'earnings', start, end);
  const known = new Set(
    earnings
      .texts('symbol')
      .map((symbol, i) => `${symbol} ${String(earnings.numbers('first_trade_date')[i])}`),
  );
  const logs = { news: [] as number[], plain: [] as number[] };
  const dates = bars.numbers('trade_date');
  const sums = new Map<string, number>();
  const symbols = bars.texts('symbol');
  const volumes = bars.numbers('volume').map((volume) => log(volume));
  symbols.forEach((symbol, i) => sums.set(symbol, (sums.get(symbol) ?? 0) + (volumes[i] as number)));
  const days = bars.rowCount / 25;
  symbols.forEach((symbol, i) => {
    const relative = (volumes[i] as number) - (sums.get(symbol) as number) / days;
    logs[known.has(`${symbol} ${String(dates[i])}`) ? 'news' : 'plain'].push(relative);
  });
  expect(logs.news.length).toBeGreaterThan(80);
  const ratio = Math.exp(mean(logs.news) - mean(logs.plain));
  expect(ratio).toBeGreaterThan(1.6);
  expect(ratio).toBeLessThan(3);
});

describe('identifiers', () => {
  const digitsOf = (text: string) =>
    Array.from(text, (character) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(character));
  /** Luhn's sum of digits, of which every second one from the right is doubled. */
  function luhn(digits: readonly number[]): number {
    return digits
      .toReversed()
      .map((digit, i) => (i % 2 === 1 ? (2 * digit > 9 ? 2 * digit - 9 : 2 * digit) : digit))
      .reduce((sum, digit) => sum + digit, 0);
  }

  it.each(['XNYS', 'XETR'] as const)('C3: have valid check digits, each its own: %s', (exchange) => {
    const rows = readColumns(
      marketOhlcv({ exchange, nSymbols: 2_000 }),
      'symbols',
      '2024-01-01',
      '2024-01-01',
    );
    const [isins, figis] = [rows.texts('isin'), rows.texts('figi')];
    expect(new Set(isins).size).toBe(2_000);
    expect(new Set(figis).size).toBe(2_000);
    for (const isin of isins) {
      expect(isin).toMatch(
        exchange === 'XNYS' ? /^US[0-9]{5}[0-9A-Z]10[0-9]{2}$/ : /^DE000[0-9A-Z]{6}[0-9]$/,
      );
      expect(luhn(Array.from(digitsOf(isin).join(''), Number)) % 10).toBe(0);
    }
    for (const figi of figis) expect(figi).toMatch(/^BBG[0-9B-DF-HJ-NP-TV-Z]{8}[0-9]$/);
  });
});

describe('the index and the auctions', () => {
  it('C4: the index is at 1,000 at the anchor, in order, and bars of it add up', () => {
    const level = (frequency: '1m' | '1d') =>
      readColumns(marketOhlcv({ frequency }), 'market_index', '2023-12-27', '2024-01-02');
    const [minutes, days] = [level('1m'), level('1d')];
    expect([minutes.rowCount, days.rowCount]).toEqual([4 * 390, 4]);
    expect(days.numbers('close').at(-1)).toBe(100_000);
    const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((name) =>
      minutes.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let day = 0; day < 4; day++) {
      const [from, to] = [day * 390, (day + 1) * 390];
      expect(days.numbers('open')[day]).toBe(open[from]);
      expect(days.numbers('high')[day]).toBe(Math.max(...high.subarray(from, to)));
      expect(days.numbers('low')[day]).toBe(Math.min(...low.subarray(from, to)));
      expect(days.numbers('close')[day]).toBe(close[to - 1]);
      for (let i = from + 1; i < to; i++) expect(open[i]).toBe(close[i - 1]);
    }
  });

  it('C4: stocks have a multiple of its return', () => {
    const generator = marketOhlcv({ nSymbols: 40, frequency: '1d' });
    const window = ['2023-01-01', '2024-12-31'] as const;
    const index = readColumns(generator, 'market_index', ...window).numbers('close');
    const bars = readColumns(generator, 'ohlcv', ...window);
    const [symbols, closes, factors] = ['symbol', 'close', 'adjustment_factor'].map((name) =>
      bars.numbers(name),
    ) as [Float64Array, Float64Array, Float64Array];
    const returns = (values: Float64Array) =>
      values.subarray(1).map((x, i) => log(x / (values[i] as number)));
    const market = returns(index);
    const betas = Array.from({ length: 40 }, (_, symbol) => {
      const own = returns(
        closes.map((c, i) => c * (factors[i] as number)).filter((_, i) => symbols[i] === symbol),
      );
      const center = mean(market);
      let joint = 0;
      own.forEach((r, i) => (joint += (r * ((market[i] as number) - center)) / own.length));
      return joint / variance(market);
    });
    expect(abs(mean(betas) - 1)).toBeLessThan(0.15);
    expect(Math.min(...betas)).toBeGreaterThan(0.1);
  });

  it('C5: auctions have the open and the close of a day, and a part of its first and last minute', () => {
    const generator = marketOhlcv({ nSymbols: 5, auctions: true });
    const [day] = ['2024-11-29'];
    const auctions = readColumns(generator, 'auctions', day, day);
    const bars = readColumns(generator, 'ohlcv', day, day);
    const minutes = calendar.sessionOn(dayOf(Date.parse(day)))?.minutes as number;
    expect([minutes, auctions.rowCount]).toEqual([210, 10]);
    for (let symbol = 0; symbol < 5; symbol++) {
      const [first, last] = [symbol * minutes, (symbol + 1) * minutes - 1];
      expect(auctions.numbers('price')[2 * symbol]).toBe(bars.numbers('open')[first]);
      expect(auctions.numbers('price')[2 * symbol + 1]).toBe(bars.numbers('close')[last]);
      for (const [row, bar] of [
        [2 * symbol, first],
        [2 * symbol + 1, last],
      ] as const) {
        expect(auctions.numbers('volume')[row]).toBeGreaterThan(0);
        expect(auctions.numbers('volume')[row]).toBeLessThan(bars.numbers('volume')[bar] as number);
      }
    }
    expect(marketOhlcv().tables.map(({ name }) => name)).not.toContain('auctions');
  });
});
