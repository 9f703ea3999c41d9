import type { CellStyle } from '../cells/column-cell.ts';
import { utf8 } from '../cells/cell.ts';
import { csvEscape, jsonEscape } from '../cells/escapes.ts';

/** What users call the formats. */
export const FORMAT_NAMES = { csv: 'CSV', jsonl: 'JSON Lines' } as const;

/** How rows become text, as plain data. */
export type RowFormat =
  | {
      readonly format: 'csv';
      readonly delimiter: string;
      readonly header: boolean;
      readonly nullText: string;
    }
  | { readonly format: 'jsonl' };

/** What stands around the values of a row, and how they are written. */
export interface RowStyle {
  readonly cells: CellStyle;
  /** What comes before the rows. */
  readonly head: Uint8Array;
  /** What comes before the value of each column. */
  readonly before: readonly Uint8Array[];
  /** What comes after the last value. */
  readonly end: Uint8Array;
}

/** What stands in a row of a format with these columns. */
export function rowStyle(format: RowFormat, columns: readonly string[]): RowStyle {
  return format.format === 'csv' ? csvStyle(format, columns) : jsonStyle(columns);
}

function csvStyle(
  { delimiter, header, nullText }: Extract<RowFormat, { format: 'csv' }>,
  columns: readonly string[],
): RowStyle {
  const separator = utf8(delimiter);
  const escape = csvEscape(separator[0] as number, utf8(nullText));
  const names = columns.map((name) => {
    const source = utf8(name);
    const target = Buffer.alloc(escape.most(source.length));
    return target.toString('utf8', 0, escape.put(target, 0, source, 0, source.length));
  });
  return {
    cells: {
      escape,
      nullText: utf8(nullText),
      quotesTimes: false,
      notFinite: { nan: 'NaN', positive: 'Infinity', negative: '-Infinity' },
    },
    head: utf8(header ? `${names.join(delimiter)}\n` : ''),
    before: columns.map((_, i) => (i === 0 ? new Uint8Array() : separator)),
    end: utf8('\n'),
  };
}

function jsonStyle(columns: readonly string[]): RowStyle {
  return {
    cells: {
      escape: jsonEscape,
      nullText: utf8('null'),
      quotesTimes: true,
      // JSON has no such numbers; readers of doubles take these texts for them.
      notFinite: { nan: '"NaN"', positive: '"Infinity"', negative: '"-Infinity"' },
    },
    head: new Uint8Array(),
    before: columns.map((name, i) => utf8(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    end: utf8('}\n'),
  };
}
