import { KeyedRandom } from '@datagen/core/random';
import type { ExchangeCode } from '../exchange/exchange-calendar.ts';
import type { MarketConfig } from '../market-config.ts';
import { inventedFigi, inventedIsin } from './identifiers.ts';

/** A listed share. Its ticker alone decides the rest, whatever else is listed. */
export interface ListedSymbol {
  readonly symbol: string;
  readonly name: string;
  /** ISO 10383 code. */
  readonly exchange: ExchangeCode;
  /** One of the eleven sectors of the Global Industry Classification Standard. */
  readonly sector: string;
  readonly currency: string;
  /** Smallest price step, in units of the currency. */
  readonly tickSize: number;
  /** International Securities Identification Number, and Financial Instrument Global Identifier. */
  readonly isin: string;
  readonly figi: string;
  /** Price near the close of `priceAnchorDate`. */
  readonly basePrice: number;
}

/** GICS sectors, with the number of S&P 500 members of each (about, 2024). */
const SECTORS: readonly (readonly [string, number])[] = [
  ['Industrials', 78],
  ['Financials', 72],
  ['Information Technology', 68],
  ['Health Care', 61],
  ['Consumer Discretionary', 51],
  ['Consumer Staples', 38],
  ['Real Estate', 31],
  ['Utilities', 31],
  ['Materials', 28],
  ['Energy', 22],
  ['Communication Services', 20],
];
/** The names of all sectors, in an order that stays. */
export const SECTOR_NAMES: readonly string[] = SECTORS.map(([name]) => name);
const SECTOR_TOTAL = SECTORS.reduce((sum, [, count]) => sum + count, 0);

const BUSINESSES: Readonly<Record<string, readonly string[]>> = {
  Industrials: ['Industries', 'Engineering', 'Logistics', 'Aerospace'],
  Financials: ['Bancorp', 'Financial', 'Insurance', 'Capital'],
  'Information Technology': ['Systems', 'Software', 'Semiconductor', 'Technologies'],
  'Health Care': ['Pharma', 'Therapeutics', 'Medical', 'Health'],
  'Consumer Discretionary': ['Motors', 'Retail', 'Hotels', 'Apparel'],
  'Consumer Staples': ['Foods', 'Brands', 'Beverages', 'Household'],
  'Real Estate': ['Properties', 'Realty Trust', 'Residential', 'Storage'],
  Utilities: ['Power', 'Energy Networks', 'Water', 'Electric'],
  Materials: ['Chemicals', 'Metals', 'Packaging', 'Minerals'],
  Energy: ['Petroleum', 'Resources', 'Drilling', 'Pipelines'],
  'Communication Services': ['Media', 'Telecom', 'Entertainment', 'Networks'],
};
const ONSETS = ['B', 'Br', 'C', 'D', 'F', 'G', 'H', 'K', 'L', 'M', 'N', 'P', 'R', 'S', 'St', 'T', 'V', 'Z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea'];
const CODAS = ['n', 'r', 'l', 'x', 'nt', 'rd', 's', 'm', 'th', 'ron', 'dex', 'via', 'lor', 'mar', 'tek'];
const LEGAL_FORMS: Readonly<Record<string, readonly string[]>> = {
  XNYS: ['Inc.', 'Corp.', 'Holdings', 'Group'],
  XETR: ['AG', 'SE', 'SE & Co. KGaA', 'AG'],
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The listings of a dataset in the order of `symbols`, or the first `nSymbols` of the invented list. */
export function listedSymbols(
  config: Pick<MarketConfig, 'symbols' | 'nSymbols' | 'exchange'>,
): readonly ListedSymbol[] {
  const tickers = config.symbols ?? inventedTickers(config.nSymbols);
  return tickers.map((ticker) => describeListing(ticker, config.exchange));
}

/** The first tickers of one endless list without repeats: a longer list begins as a shorter one does. */
function inventedTickers(count: number): string[] {
  const random = new KeyedRandom('market', 'invented ticker');
  const tickers = new Set<string>();
  for (let row = 0; tickers.size < count; row++) {
    // Two thirds of tickers in New York have four letters, a quarter three.
    const length = random.uniform(row) < 0.28 ? 3 : 4;
    let ticker = '';
    for (let i = 0; i < length; i++) ticker += LETTERS.charAt(random.uint32(row, i + 1) % LETTERS.length);
    tickers.add(ticker);
  }
  return [...tickers];
}

function describeListing(symbol: string, exchange: ExchangeCode): ListedSymbol {
  const random = new KeyedRandom('market', 'listing', symbol);
  const pick = (list: readonly string[], draw: number) =>
    list[random.uint32(0, draw) % list.length] as string;
  const sector = sectorAt(random.uniform(0, 1) * SECTOR_TOTAL);
  const business = pick(BUSINESSES[sector] as readonly string[], 2);
  const stem = pick(ONSETS, 3) + pick(VOWELS, 4) + pick(CODAS, 5);
  // Median 75, 80 % between 25 and 220: share prices of large companies.
  const price = Math.min(Math.max(Math.exp(Math.log(75) + 0.85 * random.normal(0, 6)), 8), 800);
  const tickSize = exchange === 'XNYS' ? 0.01 : mifidTick(price);
  return {
    symbol,
    name: `${stem} ${business} ${pick(LEGAL_FORMS[exchange] as readonly string[], 7)}`,
    exchange,
    sector,
    currency: exchange === 'XNYS' ? 'USD' : 'EUR',
    tickSize,
    isin: inventedIsin(random, exchange),
    figi: inventedFigi(random),
    // A round price, as closes often are.
    basePrice: Number((Math.round(price / tickSize / 5) * 5 * tickSize).toFixed(4)),
  };
}

function sectorAt(position: number): string {
  let rest = position;
  for (const [sector, count] of SECTORS) {
    rest -= count;
    if (rest < 0) return sector;
  }
  return 'Industrials';
}

/** Tick sizes of liquid shares: Commission Delegated Regulation (EU) 2017/588, the 2,000 to 9,000 trades column. */
function mifidTick(price: number): number {
  const steps = [
    [10, 0.002],
    [20, 0.005],
    [50, 0.01],
    [100, 0.02],
    [200, 0.05],
    [500, 0.1],
  ] as const;
  return steps.find(([below]) => price < below)?.[1] ?? 0.2;
}
