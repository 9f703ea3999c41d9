import { DatagenError, type DatasetGenerator, selectTables, type TableDefinition } from '@datagen/core';
import type { TimeRange } from '@datagen/core/generator';
import { type Cell, cellRows, cellText, isNumeric } from '../terminal/cells.ts';
import { fittingColumnCount, formatTable, type TextColumn } from '../terminal/format-table.ts';
import { bold, type Io, widthOf } from '../terminal/io.ts';
import type { RunRequest } from '../request/run-request.ts';
import { countOf } from '../terminal/text.ts';

export interface PreviewOptions {
  /** Absent for all tables. */
  readonly table?: string;
  /** As typed. */
  readonly rows: string;
  readonly isJson: boolean;
}

interface TablePreview {
  readonly table: TableDefinition;
  readonly rows: readonly (readonly Cell[])[];
}

/** Shows the first rows of tables; makes only the blocks they lie in, and writes nothing. */
export function preview(request: RunRequest, options: PreviewOptions, io: Io): void {
  const { generator, spec } = request;
  const limit = Number(options.rows);
  if (!/^\d+$/.test(options.rows) || limit < 1) {
    throw new DatagenError(
      'INVALID_OPTION',
      `--rows: expected a whole number from 1 up, got "${options.rows}".`,
    );
  }
  const names = options.table === undefined ? request.tables : [options.table];
  const previews = selectTables(generator, names).map((table) => ({
    table,
    rows: firstRows(generator, table, spec.window, limit),
  }));
  io.stdout.write(
    options.isJson ? jsonText(previews) : previews.map((shown) => tableText(shown, io)).join('\n'),
  );
}

function firstRows(
  generator: DatasetGenerator,
  table: TableDefinition,
  window: TimeRange,
  limit: number,
): Cell[][] {
  const rows: Cell[][] = [];
  for (const block of generator.blocks(table, window)) {
    for (const batch of generator.generate(table, block)) {
      rows.push(...cellRows(batch, limit - rows.length));
      if (rows.length >= limit) return rows;
    }
  }
  return rows;
}

function jsonText(previews: readonly TablePreview[]): string {
  const tables = previews.map(({ table, rows }) => [
    table.name,
    rows.map((cells) => Object.fromEntries(table.schema.fields.map(({ name }, i) => [name, cells[i]]))),
  ]);
  return `${JSON.stringify(Object.fromEntries(tables), undefined, 2)}\n`;
}

function tableText({ table, rows }: TablePreview, io: Io): string {
  const columns: TextColumn[] = table.schema.fields.map((field) => ({
    header: field.name,
    align: isNumeric(field) ? 'right' : 'left',
  }));
  const texts = rows.map((cells) => cells.map(cellText));
  const width = io.stdout.isTTY === true ? widthOf(io.stdout) : Number.POSITIVE_INFINITY;
  const shown = fittingColumnCount(columns, texts, width);
  const hidden = columns.slice(shown).map(({ header }) => header);
  return [
    `${bold(table.name, io.stdout, io.env)}: ${table.description}`,
    ...(rows.length === 0
      ? ['(no rows in this window)']
      : formatTable(columns.slice(0, shown), texts, (line) => bold(line, io.stdout, io.env))),
    ...(hidden.length === 0
      ? []
      : [`… and ${countOf(hidden.length, 'column')} beyond this width: ${hidden.join(', ')}`]),
    '',
  ].join('\n');
}
