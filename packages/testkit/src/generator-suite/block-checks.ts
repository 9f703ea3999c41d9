import assert from 'node:assert/strict';
import { planTable, type TableDefinition } from '@datagen/core';
import { type Block, type BlockFilter, DAY_MS, formatDay, type TimeRange } from '@datagen/core/generator';
import { type DataType, type RecordBatch, Type, type Vector } from 'apache-arrow';
import { cellReader } from '../rows/cell-reader.ts';
import { expectSameBlocks, type GeneratorCheck, Subject } from './suite.ts';

/** The most keys, and the most values, that are tried as hints. */
const HINTS = 12;

/** What a table's blocks promise, before their rows are made and by them. */
export const blockChecks: readonly GeneratorCheck[] = [
  {
    name: 'lists blocks in the order of their keys, each with its time and rows',
    run: async (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        const blocks = subject.blocks(table);
        assert.ok(blocks.length > 0, `\`${table.name}\` has blocks`);
        // Refuses every block that breaks its contract.
        await planTable(subject.generator, table, subject.spec, { fileRowsTarget: 1 });
        const columns = constantColumns(blocks[0]);
        for (const column of columns)
          assert.ok(
            table.schema.fields.some(({ name }) => name === column),
            `\`${table.name}\` has the column \`${column}\` that its blocks have a value of`,
          );
        for (const block of blocks)
          assert.deepEqual(
            constantColumns(block),
            columns,
            `block ${block.key} of \`${table.name}\` has values of the same columns as the first one`,
          );
      }
    },
  },
  {
    name: 'makes the rows that its blocks promise, in batches of the declared columns',
    run: (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        let tableRows = 0;
        for (const block of subject.blocks(table)) {
          let rowCount = 0;
          for (const batch of subject.generator.generate(table, block)) {
            checkBatch(table, block, batch);
            rowCount += batch.numRows;
          }
          tableRows += rowCount;
          if (block.exact)
            assert.equal(rowCount, block.rowCount, `rows of block ${block.key} of \`${table.name}\``);
        }
        assert.ok(
          tableRows > 0,
          `expected rows in \`${table.name}\` between the dates of the suite, got none`,
        );
      }
    },
  },
  {
    name: 'puts every row into the time of its block',
    run: (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        if (table.timeColumn === undefined) continue;
        for (const { block, batch } of subject.batches(table)) {
          const { startMs, endMs } = block.time as TimeRange;
          const read = msReader(batch.getChild(table.timeColumn) as Vector);
          for (let row = 0; row < batch.numRows; row++) {
            const ms = read(row);
            assert.ok(
              ms >= startMs && ms < endMs,
              `expected \`${table.timeColumn}\` of block ${block.key} of \`${table.name}\` from ` +
                `${String(startMs)} up to ${String(endMs)} ms since 1970, got ${String(ms)}`,
            );
          }
        }
      }
    },
  },
  {
    name: 'has one value per block in the columns that it says are constant',
    run: (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        for (const { block, batch } of subject.batches(table)) {
          for (const [column, value] of Object.entries(block.values ?? {})) {
            const read = constantReader(batch.getChild(column) as Vector);
            for (let row = 0; row < batch.numRows; row++)
              assert.equal(
                read(row),
                value === null ? null : String(value),
                `\`${column}\` of a row of block ${block.key} of \`${table.name}\``,
              );
          }
        }
      }
    },
  },
  {
    name: 'leaves out no block that a caller wants',
    run: (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        const blocks = subject.blocks(table);
        for (const hint of hintsFor(blocks)) {
          const isWanted = (block: Block) =>
            block.key >= (hint.from ?? '') &&
            Object.entries(hint.values ?? {}).every(([name, value]) => block.values?.[name] === value);
          const listed = [...subject.generator.blocks(table, subject.window, hint)];
          expectSameBlocks(
            table,
            listed.filter(isWanted),
            blocks.filter(isWanted),
            `when asked for ${JSON.stringify(hint)}`,
          );
        }
      }
    },
  },
];

/** Reads a time column, of instants or days, in milliseconds since 1970. */
function msReader(column: Vector): (row: number) => number {
  const read = cellReader(column);
  return (column.type as DataType).typeId === Type.Date
    ? (row) => Number(read(row)) * DAY_MS
    : (row) => Number(read(row)) / 1_000;
}

function constantColumns(block: Block | undefined): string[] {
  return Object.keys(block?.values ?? {}).sort();
}

/** Reads a column as blocks give a value of it: days as `2026-01-05`, the rest as JavaScript prints it. */
function constantReader(column: Vector): (row: number) => string | null {
  const read = cellReader(column);
  const isDate = (column.type as DataType).typeId === Type.Date;
  return (row) => {
    const cell = read(row);
    if (cell === null) return null;
    return isDate ? formatDay(Number(cell) * DAY_MS) : String(cell);
  };
}

function checkBatch(table: TableDefinition, block: Block, batch: RecordBatch): void {
  const at = `block ${block.key} of \`${table.name}\``;
  const columnsOf = ({ fields }: RecordBatch['schema']) =>
    fields.map((field) => `${String(field)} nullable: ${String(field.nullable)}`);
  assert.deepEqual(columnsOf(batch.schema), columnsOf(table.schema), `columns of ${at}`);
  for (const { name, nullable } of table.schema.fields) {
    const column = batch.getChild(name) as Vector;
    assert.equal(column.length, batch.numRows, `rows of \`${name}\` in ${at}`);
    if (!nullable) assert.equal(column.nullCount, 0, `nulls of \`${name}\` in ${at}, which is not nullable`);
  }
}

/** What callers ask for: files of one partition from a block on, the first ones, the last one and some between. */
function hintsFor(blocks: readonly Block[]): BlockFilter[] {
  const keys = [undefined, ...spread(blocks.map(({ key }) => key))];
  const combinations = new Map(blocks.map(({ values }) => [JSON.stringify(values), values]));
  const single = blocks.flatMap(({ values = {} }) =>
    Object.entries(values).map(([name, value]): [string, Block['values']] => [
      JSON.stringify([name, value]),
      { [name]: value },
    ]),
  );
  const values = spread([...new Map([...combinations, ...single]).values()]);
  return keys.flatMap((from) =>
    [undefined, ...values].map((wanted) => ({
      ...(from !== undefined && { from }),
      ...(wanted !== undefined && { values: wanted }),
    })),
  );
}

/** At most `HINTS` entries of a list, from the first to the last. */
function spread<T>(list: readonly T[]): T[] {
  if (list.length <= HINTS) return [...list];
  return Array.from(
    { length: HINTS },
    (_, i) => list[Math.floor((i * (list.length - 1)) / (HINTS - 1))] as T,
  );
}
