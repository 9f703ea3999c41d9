import assert from 'node:assert/strict';
import {
  type DatasetReport,
  ParallelPipeline,
  type TableDefinition,
  type WriteDatasetOptions,
} from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { sampleGenerator } from '../sample-generator.ts';
import { days, expectRows, generator, otherGenerator, week, write, type WriterCheck } from './suite.ts';

const rowsIn = (report: DatasetReport) => report.tables.map(({ rowCount }) => rowCount);

/** What every table must do, whatever keeps it together. */
export const commonChecks: readonly WriterCheck[] = [
  {
    name: 'gives back every value of every type, in each partitioning',
    run: async (suite) => {
      for (const partitionBy of suite.partitionings) {
        const place = await suite.createPlace();
        const spec = days('2026-01-05', '2026-01-11', partitionBy);
        await write(suite, place, { partitionSpec: spec });
        await expectRows(suite, place, [generator], spec);
      }
    },
  },
  {
    name: 'adds nothing when a run is repeated, and says what is there',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place);
      const again = await write(suite, place);
      assert.deepEqual(
        again.tables.map(({ fileCount, rowCount, presentRowCount }) => [
          fileCount,
          rowCount,
          presentRowCount,
        ]),
        [
          [0, 0, 200],
          [0, 0, 1_800],
        ],
      );
      await expectRows(suite, place, [generator], week);
    },
  },
  {
    name: 'adds only the new days when the window grows at both ends, whatever the size of files',
    run: async (suite) => {
      const place = await suite.createPlace();
      const first = await write(suite, place);
      const wider = days('2026-01-01', '2026-01-20');
      const second = await write(suite, place, { partitionSpec: wider, fileRowsTarget: 700 });
      assert.deepEqual(rowsIn(first), [200, 1_800]);
      // 20 days with three Sundays, less the week that is there.
      assert.deepEqual(rowsIn(second), [0, 3_300]);
      await expectRows(suite, place, [generator], wider);
    },
  },
  {
    name: 'is completed by the same call after an abort at any batch',
    run: async (suite) => {
      for (const stopAfter of [1, 3, 8]) {
        const place = await suite.createPlace();
        const abort = new AbortController();
        let batches = 0;
        const onProgress = () => {
          if (++batches === stopAfter) abort.abort();
        };
        await assert.rejects(write(suite, place, { signal: abort.signal, onProgress }), hasCode('ABORTED'));
        await write(suite, place);
        await expectRows(suite, place, [generator], week);
      }
    },
  },
  {
    name: 'refuses another dataset and leaves the table alone',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place);
      await assert.rejects(write(suite, place, {}, otherGenerator), hasCode('TABLE_CONFLICT'));
      await expectRows(suite, place, [generator], week);
    },
  },
  {
    name: 'refuses tables that would not fit to those of another dataset',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place, { tables: ['sites'] });
      await assert.rejects(
        write(suite, place, { tables: ['events'] }, otherGenerator),
        hasCode('TABLE_CONFLICT'),
      );
      await write(suite, place);
      await expectRows(suite, place, [generator], week);
    },
  },
  {
    name: 'appends another dataset once when told to',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place);
      for (let i = 0; i < 2; i++) await write(suite, place, { mode: 'append' }, otherGenerator);
      await expectRows(suite, place, [generator, otherGenerator], week);
    },
  },
  {
    name: 'replaces everything when told to overwrite, also by the same dataset',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place, { partitionSpec: days('2026-01-01', '2026-02-01') });
      await write(suite, place, { mode: 'overwrite' }, otherGenerator);
      await expectRows(suite, place, [otherGenerator], week);
      const again = await write(suite, place, { mode: 'overwrite' }, otherGenerator);
      assert.deepEqual(rowsIn(again), [200, 1_800]);
      assert.ok(
        again.tables.every(({ removed }) => (removed?.fileCount ?? 0) > 0),
        'says what it removed',
      );
      await expectRows(suite, place, [otherGenerator], week);
    },
  },
  {
    name: 'replaces the days of a window when told to, and no others',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place, { fileRowsTarget: 300 });
      const window = days('2026-01-06', '2026-01-07');
      const report = await write(suite, place, { partitionSpec: window, mode: 'overwrite-window' });
      assert.deepEqual(rowsIn(report), [0, 600]);
      assert.equal(report.tables[1]?.removed?.fileCount, 2);
      await expectRows(suite, place, [generator], week);
      await write(suite, place);
      await expectRows(suite, place, [generator], week);
    },
  },
  {
    name: 'holds every row once after runs at once, alike, overlapping and with files of other sizes',
    run: async (suite) => {
      const wider = days('2026-01-08', '2026-01-20');
      const races: readonly (readonly WriteDatasetOptions[])[] = [
        [{}, {}],
        [{ partitionSpec: week }, { partitionSpec: wider }],
        [{ fileRowsTarget: 300 }, { fileRowsTarget: 1_000 }, { partitionSpec: wider, fileRowsTarget: 2_000 }],
      ];
      for (const race of races) {
        const place = await suite.createPlace();
        const runs = await Promise.allSettled(race.map((options) => write(suite, place, options)));
        for (const run of runs) if (run.status === 'rejected') refusedOnly(run.reason);
        const all = days('2026-01-05', '2026-01-20');
        await write(suite, place, { partitionSpec: all });
        await expectRows(suite, place, [generator], all);
      }
    },
  },
  {
    name: 'ends as one after the other when an overwrite and an append run at once',
    run: async (suite) => {
      const place = await suite.createPlace();
      await write(suite, place);
      const runs = await Promise.allSettled([
        write(suite, place, { mode: 'append' }, otherGenerator),
        write(suite, place, { mode: 'overwrite', partitionSpec: days('2026-01-06', '2026-01-07') }),
      ]);
      for (const run of runs) if (run.status === 'rejected') refusedOnly(run.reason);
      const found = await Promise.all(
        generator.tables.map(async (table) => (await suite.readRows(place, table))?.length ?? 0),
      );
      const [appended, overwritten] = runs.map(({ status }) => status === 'fulfilled');
      const possible = [
        ...(overwritten === true ? [[200, 600]] : []),
        ...(appended === true && overwritten === true
          ? [
              [400, 2_400],
              [200, 2_400],
              [400, 600],
            ]
          : []),
        ...(appended === true && overwritten !== true ? [[400, 3_600]] : []),
      ];
      assert.ok(
        possible.some((counts) => counts.join() === found.join()),
        `expected the rows of one of the two orders (${possible.join(' or ')}), got ${found.join()}`,
      );
    },
  },
  {
    name: 'makes the same rows on threads',
    run: async (suite) => {
      const place = await suite.createPlace();
      const executor = new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 });
      await write(suite, place, { executor });
      await expectRows(suite, place, [generator], week);
    },
  },
  {
    name: 'keeps a table without rows, with its columns',
    run: async (suite) => {
      const place = await suite.createPlace();
      const empty = sampleGenerator({ eventsPerDay: 0, nSites: 1 });
      for (let i = 0; i < 2; i++) {
        const report = await write(suite, place, {}, empty);
        assert.equal(report.tables[1]?.rowCount, 0);
        const rows = await suite.readRows(place, empty.tables[1] as TableDefinition);
        assert.deepEqual(rows, [], 'a reader finds the table without rows');
        await expectRows(suite, place, [empty], week);
      }
    },
  },
];

/** Where a table has no commit, one of several runs may be refused, by name; nothing else may go wrong. */
function refusedOnly(reason: unknown): void {
  if (isDatagenError(reason) && ['TABLE_CONFLICT', 'COMMIT_CONFLICT'].includes(reason.code)) return;
  throw reason;
}

export function hasCode(code: string): (thrown: unknown) => boolean {
  return (thrown) => isDatagenError(thrown) && thrown.code === code;
}
