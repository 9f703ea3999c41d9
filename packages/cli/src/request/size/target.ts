import { DatagenError } from '@datagen/core';
import type { Setting, Settings } from '../../config/settings.ts';

/** How large a dataset is to be. */
export interface SizeTarget {
  readonly key: 'size' | 'rows';
  /** As it was typed. */
  readonly asked: string;
  /** Bytes of the data files, or rows of the tables, together. */
  readonly amount: number;
}

/** A size and the options that stand for it: they alone are part of the dataset. */
export interface ChosenSize extends SizeTarget {
  readonly options: Readonly<Record<string, unknown>>;
  /** What the options come to: bytes, which are estimated, or rows. */
  readonly reached: number;
}

/** Sizes with a name, in bytes of data files. */
const NAMED: Readonly<Record<string, number>> = { small: 10e6, medium: 1e9, large: 100e9 };

const BYTE_UNITS: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};
/** `B` is a billion to many and a byte to others: `G` is neither. */
const ROW_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** The size that was asked for, if one was. Of two, a flag comes before the file. Throws `INVALID_OPTION` for what is none. */
export function sizeTarget(settings: Settings): SizeTarget | undefined {
  const given = (['size', 'rows'] as const).flatMap((key) => {
    const setting = settings.get(key);
    return setting === undefined ? [] : [{ key, setting }];
  });
  const flags = given.filter(({ setting }) => setting.config === undefined);
  const [first, second] = flags.length === 1 ? flags : given;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    const where = second.setting.config === undefined ? '--rows' : second.setting.config.locate('rows');
    throw invalid(`${where}: expected either a size in bytes or a number of rows, got both.`);
  }
  const { key, setting } = first;
  const asked = String(setting.value);
  const amount = key === 'size' ? bytesOf(asked) : rowsOf(asked);
  if (amount !== undefined) return { key, asked, amount };
  const expected =
    key === 'size'
      ? `${Object.keys(NAMED).join(', ')}, or bytes with their unit, as in 500MB or 10GB`
      : 'a number of rows from 1 on, as in 5000, 2.5M or 1G';
  throw invalid(`${labelOf(key, setting)}: expected ${expected}, got ${JSON.stringify(setting.value)}.`);
}

/** The settings beside the size. */
export function withoutSize(settings: Settings): Settings {
  return new Map([...settings].filter(([key]) => key !== 'size' && key !== 'rows'));
}

function bytesOf(text: string): number | undefined {
  return (Object.hasOwn(NAMED, text) ? NAMED[text] : undefined) ?? amountOf(text, BYTE_UNITS);
}

function rowsOf(text: string): number | undefined {
  const amount = amountOf(text, ROW_UNITS);
  return amount === undefined || amount < 1 ? undefined : Math.round(amount);
}

function amountOf(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, number = '', unit = ''] = /^(\d[\d_]*\.?\d*|\.\d+|\d+e\d+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = Object.hasOwn(units, unit.toLowerCase()) ? units[unit.toLowerCase()] : undefined;
  const amount = Number(number.replaceAll('_', '')) * (factor ?? Number.NaN);
  return number !== '' && amount > 0 && Number.isFinite(amount) ? amount : undefined;
}

function labelOf(key: string, { config }: Setting): string {
  return config === undefined ? `--${key}` : `${config.locate(key)}: ${key}`;
}

function invalid(message: string): DatagenError {
  return new DatagenError('INVALID_OPTION', message);
}
