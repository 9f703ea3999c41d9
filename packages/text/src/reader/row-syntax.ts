import type { RowFormat } from '../rows/row-format.ts';

/** A value as its row has it: CSV knows texts and nulls alone. */
export type Cell = string | number | boolean | null;

/** How rows lie in text. */
export interface RowSyntax {
  /** Where rows end, in bytes; `isInQuotes` is whether the text begins within a value in quotes. */
  rowEnds(text: Uint8Array, isInQuotes: boolean): readonly number[];
  /** The values of a row by the names of columns; undefined for a text that is no row of them. */
  cells(row: string): readonly Cell[] | undefined;
  /** Whether text from the midst of a file may begin within a value in quotes that has line ends. */
  readonly hasLinesInQuotes: boolean;
  /** Whether an empty line is a row: a null in a file of one column. */
  readonly hasEmptyRows: boolean;
}

export function rowSyntax(format: RowFormat, columns: readonly string[]): RowSyntax {
  return format.format === 'csv' ? csvSyntax(format, columns.length) : jsonSyntax(columns);
}

const LINE_END = 10;
const QUOTE = 34;

function csvSyntax(
  { delimiter, nullText }: Extract<RowFormat, { format: 'csv' }>,
  columnCount: number,
): RowSyntax {
  return {
    rowEnds(text, isInQuotes) {
      const ends: number[] = [];
      for (let i = 0; i < text.length; i++) {
        const byte = text[i];
        // A doubled quote turns twice.
        if (byte === QUOTE) isInQuotes = !isInQuotes;
        else if (byte === LINE_END && !isInQuotes) ends.push(i);
      }
      return ends;
    },
    cells(row) {
      const fields = csvFields(row, delimiter, nullText);
      return fields?.length === columnCount ? fields : undefined;
    },
    hasLinesInQuotes: true,
    hasEmptyRows: columnCount === 1,
  };
}

/** The fields of a row of RFC 4180; undefined where quotes stand within a value or have no end. */
export function csvFields(
  row: string,
  delimiter: string,
  nullText: string | undefined,
): (string | null)[] | undefined {
  const fields: (string | null)[] = [];
  for (let at = 0; ; at++) {
    if (row[at] === '"') {
      let end = row.indexOf('"', at + 1);
      while (end >= 0 && row[end + 1] === '"') end = row.indexOf('"', end + 2);
      if (end < 0) return undefined;
      fields.push(row.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < row.length && row[at] !== delimiter) return undefined;
    } else {
      const next = row.indexOf(delimiter, at);
      const end = next < 0 ? row.length : next;
      const text = row.slice(at, end);
      if (text.includes('"')) return undefined;
      fields.push(text === nullText ? null : text);
      at = end;
    }
    if (at >= row.length) return fields;
  }
}

function jsonSyntax(columns: readonly string[]): RowSyntax {
  return {
    rowEnds(text) {
      const ends: number[] = [];
      for (let at = text.indexOf(LINE_END); at >= 0; at = text.indexOf(LINE_END, at + 1)) ends.push(at);
      return ends;
    },
    cells(row) {
      const object = jsonObject(row);
      return object && columns.map((name) => (Object.hasOwn(object, name) ? cellOf(object[name]) : null));
    },
    hasLinesInQuotes: false,
    hasEmptyRows: false,
  };
}

/** The object that a line is; undefined where it is none. */
export function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(/\d{16}/.test(line) ? withLongNumbersAsText(line) : line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** `JSON.parse` rounds whole numbers that a double does not hold, so they come to it as texts. */
function withLongNumbersAsText(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
