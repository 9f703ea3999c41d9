export interface TextColumn {
  readonly header: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** Lines of aligned columns below their headers; the last column is not padded. */
export function formatTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  paintHeader: (line: string) => string = (line) => line,
): string[] {
  const widths = columnWidths(columns, rows);
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, i) => pad(cells[i] ?? '', widths[i] ?? 0, align ?? 'left'))
      .join(GAP)
      .trimEnd();
  return [paintHeader(line(columns.map(({ header }) => header))), ...rows.map(line)];
}

/** How many of the leading columns fit into a width; at least one. */
export function fittingColumnCount(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): number {
  let used = -GAP.length;
  const count = columnWidths(columns, rows).findIndex((columnWidth) => {
    used += GAP.length + columnWidth;
    return used > width;
  });
  return count === -1 ? columns.length : Math.max(1, count);
}

function columnWidths(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ header }, i) =>
    rows.reduce((width, row) => Math.max(width, lengthOf(row[i] ?? '')), lengthOf(header)),
  );
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Characters as a reader counts them, accents not counted apart. */
function lengthOf(text: string): number {
  return Array.from(text.normalize('NFC')).length;
}
