import type { ReadValue } from '@datagen/core';
import { type TableProfile, valueText } from '@datagen/look';
import type { LookNames } from './look-text.ts';

/** The report of `look --json`; instants, days and decimals are text, as are whole numbers beyond 2^53. */
export function lookJson(output: string, { format }: LookNames, tables: readonly TableProfile[]): string {
  const json = {
    output,
    format,
    tables: tables.map(({ columns, rows, isEstimate, isWhole, ...table }) => ({
      ...table,
      isRowCountExact: isEstimate !== true,
      isSampleWhole: isWhole,
      columns: columns.map(({ type, min, max, ...column }) => ({
        ...column,
        type,
        ...(min && { min: { ...min, value: cellOf(type, min.value) } }),
        ...(max && { max: { ...max, value: cellOf(type, max.value) } }),
      })),
      rows: rows.map((row) =>
        Object.fromEntries(
          row.map((value, i) => {
            const { name = '', type = '' } = columns[i] ?? {};
            return [name, value === null ? null : cellOf(type, value)];
          }),
        ),
      ),
    })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function cellOf(type: string, value: ReadValue): string | number | boolean {
  const isNumber = typeof value === 'number' && Number.isFinite(value) && /^(u?int|float)/.test(type);
  return isNumber || typeof value === 'boolean' ? value : valueText(type, value);
}
