import { describe, expect, it } from '@jest/globals';
import type { Vector } from 'apache-arrow';
import {
  type DatasetGenerator,
  PartitionSpec,
  type TableDefinition,
  type TableWriter,
  writeDataset,
} from '@datagen/core';
import { cellReader } from './cell-reader.ts';
import { sampleGenerator } from './sample-generator.ts';
import { textOf } from './text-of.ts';

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
   * `textOf` of this package writes it. An absent table is an empty list.
   */
  readonly readRows: (place: string, table: TableDefinition) => Promise<readonly ReadRow[]>;
  /** Partitionings the format can do. */
  readonly partitionings: readonly (readonly string[])[];
}

/**
 * The contract every writer keeps: what was generated is what another reader finds, once, whatever the layout;
 * repeating, extending and resuming add only what is missing; other data is never touched without being asked.
 */
export function testWriter(suite: WriterSuite): void {
  const specOf = (startDate: string, endDate: string, partitionBy: readonly string[] = []) =>
    new PartitionSpec({ startDate, endDate, partitionBy });
  const week = specOf('2026-01-05', '2026-01-11');
  const generator = sampleGenerator({ fileRowsTarget: 500 });

  async function expectRows(
    place: string,
    generators: readonly DatasetGenerator[],
    spec: PartitionSpec,
  ): Promise<void> {
    for (const table of generator.tables) {
      const expected = generators.flatMap((made) => generatedRows(made, table, spec));
      const found = await suite.readRows(place, table);
      expectSameRows(found, expected);
    }
  }

  describe(`${suite.name} as a writer`, () => {
    it.each(suite.partitionings.map((names) => [names.join(', ') || 'nothing', names] as const))(
      'gives back every value of every type, partitioned by %s',
      async (_, partitionBy) => {
        const place = await suite.createPlace();
        const spec = specOf('2026-01-05', '2026-01-11', partitionBy);
        await writeDataset(generator, suite.createWriter(place), { partitionSpec: spec });
        await expectRows(place, [generator], spec);
      },
    );

    it('adds nothing when a run is repeated', async () => {
      const place = await suite.createPlace();
      await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
      const again = await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
      expect(again.tables.map(({ fileCount, rowCount }) => [fileCount, rowCount])).toEqual([
        [0, 0],
        [0, 0],
      ]);
      await expectRows(place, [generator], week);
    });

    it('adds only the new days when the window grows at both ends', async () => {
      const place = await suite.createPlace();
      const first = await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
      const wider = specOf('2026-01-01', '2026-01-20');
      const second = await writeDataset(generator, suite.createWriter(place), { partitionSpec: wider });
      const rows = (report: typeof first) => report.tables.map(({ rowCount }) => rowCount);
      expect(rows(first)).toEqual([200, 1_800]);
      // 20 days with three Sundays, less the week that is there.
      expect(rows(second)).toEqual([0, 3_300]);
      await expectRows(place, [generator], wider);
    });

    it('is completed by the same call after an abort at any batch', async () => {
      for (const stopAfter of [1, 3, 8]) {
        const place = await suite.createPlace();
        const abort = new AbortController();
        let batches = 0;
        const broken = writeDataset(generator, suite.createWriter(place), {
          partitionSpec: week,
          signal: abort.signal,
          onProgress: () => {
            if (++batches === stopAfter) abort.abort();
          },
        });
        await expect(broken).rejects.toMatchObject({ code: 'ABORTED' });
        await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
        await expectRows(place, [generator], week);
      }
    });

    it('refuses another dataset and leaves the table alone', async () => {
      const place = await suite.createPlace();
      await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
      const other = writeDataset(sampleGenerator({ seed: 7 }), suite.createWriter(place), {
        partitionSpec: week,
      });
      await expect(other).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
      await expectRows(place, [generator], week);
    });

    it('appends another dataset once when told to', async () => {
      const place = await suite.createPlace();
      const other = sampleGenerator({ seed: 7, fileRowsTarget: 500 });
      await writeDataset(generator, suite.createWriter(place), { partitionSpec: week });
      for (let i = 0; i < 2; i++) {
        await writeDataset(other, suite.createWriter(place), { partitionSpec: week, mode: 'append' });
      }
      await expectRows(place, [generator, other], week);
    });

    it('replaces everything when told to overwrite', async () => {
      const place = await suite.createPlace();
      const other = sampleGenerator({ seed: 7 });
      await writeDataset(generator, suite.createWriter(place), {
        partitionSpec: specOf('2026-01-01', '2026-02-01'),
      });
      await writeDataset(other, suite.createWriter(place), { partitionSpec: week, mode: 'overwrite' });
      await expectRows(place, [other], week);
    });
  });
}

function generatedRows(generator: DatasetGenerator, table: TableDefinition, spec: PartitionSpec): ReadRow[] {
  const rows: ReadRow[] = [];
  for (const block of generator.blocks(table, spec.window)) {
    for (const batch of generator.generate(table, block)) {
      const columns = table.schema.fields.map((field) => cellReader(batch.getChild(field.name) as Vector));
      for (let row = 0; row < batch.numRows; row++) rows.push(columns.map((read) => textOf(read(row))));
    }
  }
  return rows;
}

/** Compares as sets of rows, and shows the first row that differs instead of thousands. */
function expectSameRows(found: readonly ReadRow[], expected: readonly ReadRow[]): void {
  const [left, right] = [found, expected].map((rows) => rows.map((row) => JSON.stringify(row)).sort());
  const at = right?.findIndex((row, i) => row !== left?.[i]) ?? -1;
  expect(left?.[at]).toEqual(right?.[at]);
  expect(found.length).toBe(expected.length);
}
