/** A currency the shop sells in, with what its prices and amounts are made of. */
export interface Currency {
  readonly code: string;
  /** Units of the currency for one euro: fixed, near the averages of 2023 and 2024 (ECB reference rates). */
  readonly perEuro: number;
  /** Smallest step of prices and discounts in hundredths: Swiss coins end at 5 Rappen, Swedish ones at 1 krona. */
  readonly step: number;
  /** Shipping fee of an order, and the value of its lines from which shipping is free; in hundredths. */
  readonly shippingFee: number;
  readonly freeShippingFrom: number;
}

export const CURRENCIES: readonly Currency[] = [
  { code: 'EUR', perEuro: 1, step: 1, shippingFee: 499, freeShippingFrom: 4_900 },
  { code: 'CHF', perEuro: 0.96, step: 5, shippingFee: 790, freeShippingFrom: 7_500 },
  { code: 'PLN', perEuro: 4.4, step: 1, shippingFee: 1_499, freeShippingFrom: 19_900 },
  { code: 'SEK', perEuro: 11.4, step: 100, shippingFee: 4_900, freeShippingFrom: 49_900 },
];

/** How orders are paid; `bank_transfer` alone takes days, invoices are paid at once by the payment provider. */
export const PAYMENT_METHODS = [
  'paypal',
  'credit_card',
  'invoice',
  'direct_debit',
  'bank_transfer',
  'apple_pay',
  'ideal',
  'bancontact',
  'blik',
  'twint',
  'swish',
  'eps',
  'bizum',
] as const;
type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export interface Country {
  readonly code: CountryCode;
  /** Share of the ten's online buyers: buyers in three months (Eurostat, 2023) times population; PL, BE, AT, CH estimated. */
  readonly share: number;
  /** Position in `CURRENCIES`. */
  readonly currency: number;
  /** Regions of `data/names.json`; where there are several, the first one is that of the cities that are not listed. */
  readonly languages: readonly string[];
  /** Regions of the people of a city, by their share. */
  readonly cityLanguages?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Shares of payment methods: estimates, with the methods in front that each country is known for. */
  readonly payments: Readonly<Partial<Record<PaymentMethod, number>>>;
}

const EUR = 0;
const CHF = 1;
const PLN = 2;
const SEK = 3;

/** The language areas of Belgium; most people in Brussels speak French at home. */
const BELGIAN_CITIES = {
  Bruxelles: { fr_BE: 0.85, nl_BE: 0.15 },
  ...inOneLanguage('fr_BE', [
    'Charleroi',
    'Liège',
    'Namur',
    'Mons',
    'La Louvière',
    'Tournai',
    'Seraing',
    'Verviers',
    'Mouscron',
  ]),
};

/** The language areas of Switzerland; Biel, Fribourg and Sierre have two languages by law (Federal Statistical Office). */
const SWISS_CITIES = {
  'Biel/Bienne': { de_CH: 0.57, fr_CH: 0.43 },
  Fribourg: { fr_CH: 0.75, de_CH: 0.25 },
  Sierre: { fr_CH: 0.75, de_CH: 0.25 },
  ...inOneLanguage('fr_CH', [
    'Genève',
    'Lausanne',
    'La Chaux-de-Fonds',
    'Neuchâtel',
    'Sion',
    'Yverdon-les-Bains',
    'Renens',
    'Nyon',
    'Vevey',
  ]),
  ...inOneLanguage('it', ['Lugano', 'Bellinzona']),
};

function inOneLanguage(region: string, cities: readonly string[]): Record<string, Record<string, number>> {
  return Object.fromEntries(cities.map((city) => [city, { [region]: 1 }]));
}

export const COUNTRY_CODES = ['DE', 'FR', 'ES', 'IT', 'PL', 'NL', 'SE', 'BE', 'CH', 'AT'] as const;
export type CountryCode = (typeof COUNTRY_CODES)[number];

/** The countries the shop can sell to, in the order of `COUNTRY_CODES`. */
export const COUNTRIES: readonly Country[] = [
  {
    code: 'DE',
    share: 0.27,
    currency: EUR,
    languages: ['de'],
    payments: {
      paypal: 0.32,
      invoice: 0.28,
      direct_debit: 0.16,
      credit_card: 0.14,
      bank_transfer: 0.06,
      apple_pay: 0.04,
    },
  },
  {
    code: 'FR',
    share: 0.21,
    currency: EUR,
    languages: ['fr'],
    payments: { credit_card: 0.7, paypal: 0.22, apple_pay: 0.05, bank_transfer: 0.03 },
  },
  {
    code: 'ES',
    share: 0.13,
    currency: EUR,
    languages: ['es'],
    payments: { credit_card: 0.5, paypal: 0.26, bizum: 0.19, bank_transfer: 0.05 },
  },
  {
    code: 'IT',
    share: 0.11,
    currency: EUR,
    languages: ['it'],
    payments: { credit_card: 0.46, paypal: 0.36, apple_pay: 0.12, bank_transfer: 0.06 },
  },
  {
    code: 'PL',
    share: 0.08,
    currency: PLN,
    languages: ['pl'],
    payments: { blik: 0.55, bank_transfer: 0.2, credit_card: 0.2, paypal: 0.05 },
  },
  {
    code: 'NL',
    share: 0.07,
    currency: EUR,
    languages: ['nl'],
    payments: { ideal: 0.7, invoice: 0.12, paypal: 0.1, credit_card: 0.08 },
  },
  {
    code: 'SE',
    share: 0.04,
    currency: SEK,
    languages: ['sv'],
    payments: { invoice: 0.38, swish: 0.3, credit_card: 0.26, paypal: 0.06 },
  },
  {
    code: 'BE',
    share: 0.035,
    currency: EUR,
    languages: ['nl_BE', 'fr_BE'],
    cityLanguages: BELGIAN_CITIES,
    payments: { bancontact: 0.62, credit_card: 0.2, paypal: 0.13, bank_transfer: 0.05 },
  },
  {
    code: 'CH',
    share: 0.03,
    currency: CHF,
    languages: ['de_CH', 'fr_CH', 'it'],
    cityLanguages: SWISS_CITIES,
    payments: { invoice: 0.36, twint: 0.24, credit_card: 0.24, paypal: 0.13, bank_transfer: 0.03 },
  },
  {
    code: 'AT',
    share: 0.025,
    currency: EUR,
    languages: ['at'],
    payments: { invoice: 0.28, paypal: 0.26, credit_card: 0.24, eps: 0.16, bank_transfer: 0.06 },
  },
];

/** The shares of the chosen countries and 0 for the others, in the order of `COUNTRIES`. */
export function countryWeights(codes: readonly CountryCode[]): number[] {
  return COUNTRIES.map(({ code, share }) => (codes.includes(code) ? share : 0));
}

/** Position in `CURRENCIES` by position in `COUNTRIES`. */
export const CURRENCY_OF_COUNTRY = Uint8Array.from(COUNTRIES, ({ currency }) => currency);
