/** Prices are written in ten-thousandths of the currency. */
export const PRICE_SCALE = 4;
export const PRICE_UNITS = 10_000;

/**
 * No price is higher, in units of the currency. In ten-thousandths it fits 32 bits, which a mean price is kept in;
 * splits keep all prices far below, unless the volatility asked for is higher than any exchange has seen.
 */
export const HIGHEST_PRICE = 200_000;
