import assert from 'node:assert/strict';
import type { Vector } from 'apache-arrow';
import {
  type DatasetGenerator,
  type DatasetReport,
  PartitionSpec,
  type TableDefinition,
  type TableWriter,
  writeDataset,
  type WriteDatasetOptions,
} from '@datagen/core';
import type { Storage } from '@datagen/core/writer';
import type { Check } from '../runner.ts';
import { cellReader } from '../rows/cell-reader.ts';
import { sampleGenerator } from '../sample-generator.ts';
import { textOf } from '../rows/text-of.ts';

/** One row as the reader of a suite gives it back: text, or null. */
export type ReadRow = readonly (string | null)[];

export interface WriterSuite {
  readonly name: string;
  /** A writer at a place that nothing was written to yet; the same `place` gives the same tables again. */
  readonly createWriter: (place: string) => TableWriter;
  /** A place of its own for each test. */
  readonly createPlace: () => Promise<string>;
  /**
   * All rows of a table, by a reader that is not ours, in any order, columns as the table declares them, each value as
   * `textOf` of this package writes it; undefined where there is no such table.
   */
  readonly readRows: (place: string, table: TableDefinition) => Promise<readonly ReadRow[] | undefined>;
  /** Partitionings the format can do. */
  readonly partitionings: readonly (readonly string[])[];
  /** Of a format whose tables are what a catalog or log says; absent where the listing is the table. */
  readonly catalog?: CatalogSuite;
}

export interface CatalogSuite {
  /** Where the data files of a place lie. */
  readonly storageOf: (place: string) => Storage;
  readonly isDataFile: (path: string) => boolean;
  /** Makes a file look as if it was put two days ago. */
  readonly age: (place: string, path: string) => Promise<void>;
}

/** One thing that every writer must keep; throws where one does not. */
export type WriterCheck = Check<WriterSuite>;

export const days = (startDate: string, endDate: string, partitionBy: readonly string[] = []) =>
  new PartitionSpec({ startDate, endDate, partitionBy });

export const week = days('2026-01-05', '2026-01-11');
export const generator = sampleGenerator({ fileRowsTarget: 500 });
/** Another dataset of the same tables. */
export const otherGenerator = sampleGenerator({ seed: 7, fileRowsTarget: 500 });

/** One run with the writer of a suite, over the week unless the options say otherwise. */
export function write(
  suite: WriterSuite,
  place: string,
  options: WriteDatasetOptions = {},
  made = generator,
): Promise<DatasetReport> {
  return writeDataset(made, suite.createWriter(place), { partitionSpec: week, ...options });
}

/** Compares what a reader finds in all tables with what generators make for a window. */
export async function expectRows(
  suite: WriterSuite,
  place: string,
  generators: readonly DatasetGenerator[],
  spec: PartitionSpec,
): Promise<void> {
  for (const table of generator.tables) {
    const expected = generators.flatMap((made) => generatedRows(made, table, spec));
    expectSameRows(table.name, (await suite.readRows(place, table)) ?? [], expected);
  }
}

/** The rows that a generator makes of a table for the window of a partitioning. */
export function generatedRows(
  made: DatasetGenerator,
  table: TableDefinition,
  spec: PartitionSpec,
): ReadRow[] {
  const rows: ReadRow[] = [];
  for (const block of made.blocks(table, spec.window)) {
    for (const batch of made.generate(table, block)) {
      const columns = table.schema.fields.map((field) => cellReader(batch.getChild(field.name) as Vector));
      for (let row = 0; row < batch.numRows; row++) rows.push(columns.map((read) => textOf(read(row))));
    }
  }
  return rows;
}

/** Compares as sets of rows, and shows the first row that differs instead of thousands. */
export function expectSameRows(table: string, found: readonly ReadRow[], expected: readonly ReadRow[]): void {
  const [left = [], right = []] = [found, expected].map((rows) =>
    rows.map((row) => JSON.stringify(row)).sort(),
  );
  const at = right.findIndex((row, i) => row !== left[i]);
  assert.equal(left[at], right[at], `\`${table}\` holds other rows than were generated`);
  assert.equal(found.length, expected.length, `\`${table}\` holds another number of rows`);
}

/** A writer that does something before its first commit, as if another process had come first. */
export function beforeCommit(writer: TableWriter, action: () => Promise<unknown>): TableWriter {
  let isFirst = true;
  return {
    outputUri: writer.outputUri,
    openTable: (...args) => writer.openTable(...args),
    commit: async (...args) => {
      if (isFirst) {
        isFirst = false;
        await action();
      }
      return writer.commit(...args);
    },
    ...(writer.datasetsOf && {
      datasetsOf: (table: TableDefinition) => writer.datasetsOf?.(table) ?? Promise.resolve([]),
    }),
    ...(writer.close && { close: () => writer.close?.() ?? Promise.resolve() }),
  };
}
