import type { Data } from 'apache-arrow';
import { DatagenError } from '@datagen/core/writer';
import { type Cell, putBytes } from './cell.ts';
import { putPadded, putPair } from './digits.ts';

const DASH = 45;
const QUOTE = 34;
const DAY_MICROS = 86_400_000_000;
const DAY = BigInt(DAY_MICROS);
/** Days from 0000-03-01, where a year that ends with its leap day begins, to 1970-01-01. */
const EPOCH_DAY = 719_468;
/** 0001-01-01 and 9999-12-31: what ISO 8601 writes with four digits, and every reader knows. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;

/** Days as `2026-01-05`, in quotes where the format wants them. */
export function dateCell(column: string, { values }: Data, isQuoted: boolean): Cell {
  const days = values as Int32Array;
  const texts = new DayTexts(column);
  return {
    write: (bytes, at, row) => {
      if (isQuoted) bytes[at++] = QUOTE;
      at = texts.put(bytes, at, days[row] as number);
      if (isQuoted) bytes[at++] = QUOTE;
      return at;
    },
    most: 12,
  };
}

/** Instants as `2026-01-05T13:30:00.123456Z`: UTC, with all six decimals that they have. */
export function instantCell(column: string, { values }: Data, isQuoted: boolean): Cell {
  const micros = values as BigInt64Array;
  const words = new Int32Array(micros.buffer, micros.byteOffset, micros.byteLength >> 2);
  const texts = new DayTexts(column);
  return {
    write: (bytes, at, row) => {
      const value = (words[2 * row + 1] as number) * 0x1_0000_0000 + ((words[2 * row] as number) >>> 0);
      let day = Math.floor(value / DAY_MICROS);
      let rest = value - day * DAY_MICROS;
      if (!Number.isSafeInteger(value)) {
        // Beyond the years 1684 to 2255.
        const exact = micros[row] as bigint;
        rest = Number(((exact % DAY) + DAY) % DAY);
        day = Number((exact - BigInt(rest)) / DAY);
      }
      if (isQuoted) bytes[at++] = QUOTE;
      at = putTime(bytes, texts.put(bytes, at, day), rest);
      if (isQuoted) bytes[at++] = QUOTE;
      return at;
    },
    most: 29,
  };
}

/** `T13:30:00.123456Z`, of the microseconds since midnight. */
function putTime(bytes: Uint8Array, at: number, micros: number): number {
  const seconds = Math.floor(micros / 1e6);
  const minutes = (seconds / 60) | 0;
  const hours = (minutes / 60) | 0;
  bytes[at] = 84; // T
  putPair(bytes, at + 1, hours);
  bytes[at + 3] = 58; // :
  putPair(bytes, at + 4, minutes - hours * 60);
  bytes[at + 6] = 58;
  putPair(bytes, at + 7, seconds - minutes * 60);
  bytes[at + 9] = 46; // .
  putPadded(bytes, at + 10, micros - seconds * 1e6, 6);
  bytes[at + 16] = 90; // Z
  return at + 17;
}

/** A power of two: more days than most batches have. */
const KEPT_DAYS = 64;
const DAY_BYTES = 10;

/** Days as text, of which the last ones are kept: most rows are of a few days. */
class DayTexts {
  readonly #column: string;
  readonly #days = new Float64Array(KEPT_DAYS).fill(Number.NaN);
  readonly #texts = new Uint8Array(KEPT_DAYS * DAY_BYTES);

  constructor(column: string) {
    this.#column = column;
  }

  put(bytes: Uint8Array, at: number, day: number): number {
    const place = day & (KEPT_DAYS - 1);
    const from = place * DAY_BYTES;
    if (this.#days[place] !== day) {
      putDay(this.#texts, from, day, this.#column);
      this.#days[place] = day;
    }
    return putBytes(bytes, at, this.#texts, from, from + DAY_BYTES);
  }
}

/** Days since 1970 by the calendar, as `civil_from_days` of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms". */
function putDay(bytes: Uint8Array, at: number, day: number, column: string): number {
  if (!(day >= FIRST_DAY && day <= LAST_DAY)) {
    throw new DatagenError(
      'ENCODE_FAILED',
      `Expected days of the years 0001 to 9999 in column \`${column}\`, which text can say, got day ${String(day)} from 1970-01-01. Write a binary format, such as Parquet.`,
      { details: { column } },
    );
  }
  const shifted = day + EPOCH_DAY;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra =
    ((dayOfEra - ((dayOfEra / 1_460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) |
    0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  // Months are counted from March, so that the leap day is the last of a year.
  const month = ((5 * dayOfYear + 2) / 153) | 0;
  const dayOfMonth = dayOfYear - (((153 * month + 2) / 5) | 0) + 1;
  const year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0);
  at = putPadded(bytes, at, year, 4);
  bytes[at] = DASH;
  at = putPadded(bytes, at + 1, month < 10 ? month + 3 : month - 9, 2);
  bytes[at] = DASH;
  return putPadded(bytes, at + 1, dayOfMonth, 2);
}
