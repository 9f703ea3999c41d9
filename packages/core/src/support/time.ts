import { DatagenError } from './errors.ts';
import { option, sentence } from './sentence.ts';

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A half-open span of UTC time in milliseconds since 1970: `startMs` belongs to it, `endMs` does not. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** The UTC day a moment lies in, counted from 1970-01-01. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** Whether a text is a day of the calendar as `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 2026-02-30 over to March.
  return !Number.isNaN(ms) && formatDay(ms) === text;
}

/** Says of a text that has the form of a day that it is none; empty for other texts, whose form is wrong. */
export function noSuchDay(text: unknown): string {
  const isForm = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text);
  return isForm && !isDay(text) ? ': there is no such day' : '';
}

/** Midnight UTC of `YYYY-MM-DD`; `name` is the option the text came from. */
export function parseDay(text: string, name = 'date'): number {
  if (isDay(text)) return Date.parse(`${text}T00:00:00Z`);
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Expected ${option(name)} to be a day as YYYY-MM-DD, got "${text}"${noSuchDay(text)}.`,
    { details: { option: name, value: text } },
  );
}

/** `YYYY-MM-DD` of a moment, in UTC. */
export function formatDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `YYYY-Www`, the ISO 8601 week a moment lies in (weeks start on Monday, week 1 holds 4 January). */
export function formatIsoWeek(ms: number): string {
  const day = dayOf(ms);
  // 1970-01-01 was a Thursday, and the year of an ISO week is the year of its Thursday.
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - dayOf(Date.UTC(year, 0, 1))) / 7) + 1;
  return `${String(year)}-W${String(week).padStart(2, '0')}`;
}
