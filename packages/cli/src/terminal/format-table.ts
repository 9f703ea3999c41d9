export interface TextColumn {
  readonly header: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** A table whose rows come one by one: columns are as wide as their headers and some sample rows take. */
export class TextTable {
  readonly #columns: readonly TextColumn[];
  readonly #widths: readonly number[];

  constructor(columns: readonly TextColumn[], sample: readonly (readonly string[])[]) {
    this.#columns = columns;
    this.#widths = columns.map(({ header }, i) =>
      sample.reduce((width, row) => Math.max(width, lengthOf(row[i] ?? '')), lengthOf(header)),
    );
  }

  get header(): string {
    return this.line(this.#columns.map(({ header }) => header));
  }

  /** One row; the last column is not padded, and cells wider than the sample's push the rest to the right. */
  line(cells: readonly string[]): string {
    return this.#columns
      .map(({ align }, i) => pad(cells[i] ?? '', this.#widths[i] ?? 0, align ?? 'left'))
      .join(GAP)
      .trimEnd();
  }

  /** How many of the leading columns fit into a width; at least one. */
  fittingColumnCount(width: number): number {
    let used = -GAP.length;
    const count = this.#widths.findIndex((columnWidth) => {
      used += GAP.length + columnWidth;
      return used > width;
    });
    return count === -1 ? this.#columns.length : Math.max(1, count);
  }
}

/** Lines of aligned columns below their headers. */
export function formatTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  paintHeader: (line: string) => string = (line) => line,
): string[] {
  const table = new TextTable(columns, rows);
  return [paintHeader(table.header), ...rows.map((row) => table.line(row))];
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Characters as a reader counts them, accents not counted apart. */
function lengthOf(text: string): number {
  return Array.from(text.normalize('NFC')).length;
}
