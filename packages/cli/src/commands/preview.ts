import { setImmediate } from 'node:timers/promises';
import {
  DatagenError,
  type DatasetGenerator,
  describeOptions,
  findOptionProblems,
  selectTables,
  type TableDefinition,
  throwIfAborted,
} from '@datagen/core';
import type { TimeRange } from '@datagen/core/generator';
import { countOf } from '@datagen/look/text';
import { z } from '@datagen/core/zod';
import { parseText } from '../flags/flags.ts';
import type { RunRequest } from '../request/run-request.ts';
import { type Cell, cellRows, cellText, isNumeric } from '../terminal/cells.ts';
import { type TextColumn, TextTable } from '../terminal/format-table.ts';
import { bold, type Io, widthOf } from '../terminal/io.ts';

const PreviewConfig = z.strictObject({ rows: z.int().min(1).default(10) });
/** So many rows are looked at for the widths of columns, and written at once. */
const PAGE_ROWS = 1_000;

export interface PreviewOptions {
  /** Absent for all tables. */
  readonly table?: string;
  /** As typed; absent for the default. */
  readonly rows?: string;
  readonly isJson: boolean;
}

/** Shows the first rows of tables as they are made, and makes no more blocks than they lie in; writes nothing. */
export async function preview(request: RunRequest, options: PreviewOptions, io: Io): Promise<void> {
  const { generator, spec } = request;
  const limit = rowsOf(options.rows);
  const names = options.table === undefined ? request.tables : [options.table];
  const pagesOf = (table: TableDefinition) => pages(generator, table, spec.window, limit, io.signal);
  const show = options.isJson ? showJson : showText;
  await show(selectTables(generator, names), pagesOf, io);
}

/** The number behind `--rows`, read as other options are. */
function rowsOf(typed: string | undefined): number {
  const [description] = describeOptions(PreviewConfig);
  const input =
    typed === undefined || description === undefined ? {} : { rows: parseText(description, typed) };
  const [problem] = findOptionProblems(PreviewConfig, input);
  if (problem !== undefined) throw new DatagenError('INVALID_OPTION', `--rows: ${problem.text}.`);
  return PreviewConfig.parse(input).rows;
}

type Page = readonly (readonly Cell[])[];
type PagesOf = (table: TableDefinition) => AsyncIterable<Page>;

async function* pages(
  generator: DatasetGenerator,
  table: TableDefinition,
  window: TimeRange,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let left = limit;
  let page: Cell[][] = [];
  for (const block of generator.blocks(table, window)) {
    for (const batch of generator.generate(table, block)) {
      for (let start = 0; start < batch.numRows && left > 0;) {
        const rows = cellRows(batch.slice(start), Math.min(left, PAGE_ROWS - page.length));
        start += rows.length;
        left -= rows.length;
        page.push(...rows);
        if (page.length < PAGE_ROWS) continue;
        yield page;
        page = [];
        // Signals, and a reader who has seen enough, have their turn.
        await setImmediate();
        throwIfAborted(signal);
      }
      if (left > 0) continue;
      if (page.length > 0) yield page;
      return;
    }
  }
  if (page.length > 0) yield page;
}

async function showJson(tables: readonly TableDefinition[], pagesOf: PagesOf, io: Io): Promise<void> {
  // As JSON.stringify would indent it, without the whole in memory.
  let before = '{';
  for (const table of tables) {
    await io.stdout.write(`${before}\n  ${JSON.stringify(table.name)}: [`);
    let separator = '';
    for await (const page of pagesOf(table)) {
      const texts = page.map((cells) => rowJson(table, cells));
      await io.stdout.write(`${separator}\n${texts.join(',\n')}`);
      separator = ',';
    }
    await io.stdout.write(separator === '' ? ']' : '\n  ]');
    before = ',';
  }
  await io.stdout.write('\n}\n');
}

function rowJson({ schema }: TableDefinition, cells: readonly Cell[]): string {
  const row = Object.fromEntries(schema.fields.map(({ name }, i) => [name, cells[i]]));
  return JSON.stringify(row, undefined, 2).replace(/^/gm, '    ');
}

async function showText(tables: readonly TableDefinition[], pagesOf: PagesOf, io: Io): Promise<void> {
  let before = '';
  for (const table of tables) {
    const { name, description } = table;
    await io.stdout.write(`${before}${bold(name, io.stdout, io.env)}: ${description}\n`);
    before = '\n';
    await showRows(table, pagesOf(table), io);
  }
}

async function showRows(table: TableDefinition, shownPages: AsyncIterable<Page>, io: Io): Promise<void> {
  const columns: TextColumn[] = table.schema.fields.map((field) => ({
    header: field.name,
    align: isNumeric(field) ? 'right' : 'left',
  }));
  const width = io.stdout.isTTY === true ? widthOf(io.stdout) : Number.POSITIVE_INFINITY;
  let shown = columns.length;
  let layout: TextTable | undefined;
  for await (const page of shownPages) {
    const texts = page.map((cells) => cells.map(cellText));
    if (layout === undefined) {
      shown = new TextTable(columns, texts).fittingColumnCount(width);
      layout = new TextTable(columns.slice(0, shown), texts);
      await io.stdout.write(`${bold(layout.header, io.stdout, io.env)}\n`);
    }
    const lines = texts.map((cells) => layout?.line(cells));
    await io.stdout.write(`${lines.join('\n')}\n`);
  }
  if (layout === undefined) await io.stdout.write('(no rows in this window)\n');
  const hidden = columns.slice(shown).map(({ header }) => header);
  if (hidden.length > 0) {
    const names = hidden.join(', ');
    await io.stdout.write(`… and ${countOf(hidden.length, 'column')} beyond this width: ${names}\n`);
  }
}
