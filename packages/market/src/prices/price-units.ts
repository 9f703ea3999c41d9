/** Decimal places that prices are written with. */
export const PRICE_SCALE = 4;
/** Units of the last place in one unit of the currency. */
export const PRICE_UNITS = 10_000;
