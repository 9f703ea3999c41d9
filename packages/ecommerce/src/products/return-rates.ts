import { normalQuantile } from '@datagen/core/random';

/** Share of sold items that are sent back, by category (EHI; University of Bamberg). */
const RATES: Readonly<Record<string, number>> = {
  apparel: 0.36,
  sports: 0.12,
  electronics: 0.09,
  home: 0.08,
  auto: 0.07,
  toys: 0.06,
  beauty: 0.04,
  pet: 0.03,
  books: 0.025,
  groceries: 0.01,
};
/** Customers differ in how much they send back by so many steps, of as many customers each. */
export const RETURN_HABITS = 256;
/** Their factors are log-normal with this spread, cut here, and with mean 1. */
const SPREAD = 0.7;
const LARGEST_FACTOR = 2.6;
const MAX_RATE = 0.97;
const PARTS = 0x10000;

/** How many of 65,536 items are sent back, by category and then by habit. */
export function returnRatesOf(categoryNames: readonly string[]): Uint16Array {
  const factors = Float64Array.from({ length: RETURN_HABITS }, (_, habit) =>
    Math.min(LARGEST_FACTOR, Math.exp(SPREAD * normalQuantile((habit + 0.5) / RETURN_HABITS))),
  );
  const mean = factors.reduce((a, b) => a + b, 0) / RETURN_HABITS;
  return Uint16Array.from(
    categoryNames.flatMap((name) =>
      Array.from(factors, (factor) =>
        Math.round(PARTS * Math.min(MAX_RATE, (RATES[name] as number) * (factor / mean))),
      ),
    ),
  );
}
