import type { Currency } from '../../geography/countries.ts';

/**
 * The price tag of a value in euros, in cents. Most prices end in 9 and most of those in 99 (Levy et al., "Price
 * points and price rigidity"); from 100 the 9 moves to the euros. `u` is a uniform that picks the ending.
 */
export function euroPrice(euros: number, u: number): number {
  if (euros >= 100) {
    const step = euros >= 1_000 ? 50 : 10;
    const round = Math.round(euros / step) * step;
    if (u < 0.7) return round * 100 - 1;
    return u < 0.92 ? (round - 1) * 100 : round * 100;
  }
  if (euros < 10) {
    if (u < 0.4) return endingAt(euros, 99);
    if (u < 0.5) return endingAt(euros, 49);
    if (u < 0.9) return Math.max(3, Math.round(euros * 10)) * 10 - 1;
    return Math.max(5, Math.round(euros * 20)) * 5;
  }
  if (u < 0.62) return endingAt(euros, 99);
  if (u < 0.74) return endingAt(euros, 49);
  if (u < 0.84) return endingAt(euros, 95);
  if (u < 0.9) return Math.round(euros) * 100;
  return Math.round(euros * 100);
}

/** The price tag in another currency, in its hundredths: converted at the fixed rate, with the ending usual there. */
export function localPrice(euroCents: number, { code, perEuro }: Currency): number {
  if (code === 'EUR') return euroCents;
  const units = (euroCents * perEuro) / 100;
  // 49 kr, 129 kr, 1 999 kr.
  if (code === 'SEK') {
    const step = units >= 1_000 ? 100 : 10;
    return (Math.max(1, Math.round(units / step)) * step - 1) * 100;
  }
  // 2.45, 39.90, 129.00 francs.
  if (code === 'CHF') {
    if (units < 5) return Math.max(1, Math.round(units * 20)) * 5;
    return units < 100 ? endingAt(units, 90) : Math.round(units) * 100;
  }
  return endingAt(units, 99);
}

/** The nearest price whose last two digits are `ending`. */
function endingAt(units: number, ending: number): number {
  return Math.max(0, Math.round(units - ending / 100)) * 100 + ending;
}
