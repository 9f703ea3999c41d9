import type { ReadValue } from '@datagen/core';

const DAY_MS = 86_400_000;
const MICROS_PER_MS = 1_000;
const MICROS_PER_S = 1_000_000;
/** Digits of a floating-point number that are shown. */
const PRECISION = 6;

/** A value as people read it: instants and days in UTC, decimals with all digits of their scale. */
export function valueText(type: string, value: ReadValue): string {
  if (typeof value !== 'number') return String(value);
  if (type === 'timestamp') return instantText(value);
  if (type === 'date') return dayText(value * DAY_MS);
  const scale = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) return value.toFixed(Number(scale));
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(PRECISION)));
}

/** `2026-01-05`, `2026-01-05 13:00`, `2026-01-05 13:00:07.25`: no more than the instant says. */
function instantText(micros: number): string {
  const iso = isoText(micros / MICROS_PER_MS);
  if (iso === undefined) return String(micros);
  const rest = ((micros % MICROS_PER_S) + MICROS_PER_S) % MICROS_PER_S;
  const fraction = String(rest).padStart(6, '0').replace(/0+$/, '');
  const text = `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
  return fraction === '' ? text.replace(/:00$/, '') : `${text}.${fraction}`;
}

function dayText(ms: number): string {
  return isoText(ms)?.slice(0, 10) ?? String(ms / DAY_MS);
}

/** Undefined for what lies beyond the calendar of JavaScript. */
function isoText(ms: number): string | undefined {
  const date = new Date(Math.floor(ms));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
