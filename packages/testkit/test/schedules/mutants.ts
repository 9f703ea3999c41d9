import type { RecordBatch } from 'apache-arrow';
import type {
  CommitOutcome,
  DataFile,
  LyingFile,
  PlannedFile,
  TableChange,
  TableCommit,
  TableFiles,
} from '@datagen/core/writer';
import { type RowsOptions, rowsPath, writeRows } from '../../src/log-table/data-file.ts';
import { LogTableWriter } from '../../src/log-table/log-table-writer.ts';
import type { MakeWriter } from './schedule.ts';

/** Commits to whatever the table is by now. */
export class NoPin extends LogTableWriter {
  protected override async commitChanges(changes: readonly TableChange[]) {
    const now = await Promise.all(
      changes.map(async (change) => ({ ...change, base: await this.load(change.table) })),
    );
    return super.commitChanges(now);
  }
}

/** Gives new files the paths of removed ones. */
class NoGeneration extends LogTableWriter {
  protected override openFiles(
    ...[table, options, identity]: Parameters<LogTableWriter['openFiles']>
  ): Promise<TableFiles> {
    return super.openFiles(table, options, { ...identity, generation: 0 });
  }
}

/** Takes whatever lies under a file's name for the file. */
export class AdoptsAnything extends LogTableWriter {
  protected override async openFiles(...args: Parameters<LogTableWriter['openFiles']>): Promise<TableFiles> {
    const files = await super.openFiles(...args);
    return {
      ...files,
      fileWriter: { ...files.fileWriter, module: import.meta.url, export: 'adoptAnything' },
    };
  }
}

/** Tries again with what was there when the run began. */
export class OldCoverage extends LogTableWriter {
  override async commit(...args: Parameters<LogTableWriter['commit']>): Promise<readonly CommitOutcome[]> {
    const outcomes = await super.commit(...args);
    return outcomes.map((outcome, i) => {
      if ('moved' in outcome)
        Object.assign(outcome.moved, { coverage: (args[0][i] as TableCommit).opened.coverage });
      return outcome;
    });
  }
}

/** Writers with one safeguard taken away, and what the schedules find. */
export const MUTANTS: readonly {
  readonly lack: string;
  readonly makeWriter: MakeWriter;
  readonly finding: RegExp;
}[] = [
  {
    lack: 'a commit that is not pinned to the version it was made for',
    makeWriter: (storage) => new NoPin(storage),
    finding: /a commit lost (rows|days)|which is live|other rows than its coverage says/,
  },
  {
    lack: 'names without a generation',
    makeWriter: (storage) => new NoGeneration(storage),
    finding: /it does not exist|which is live/,
  },
  {
    lack: 'adoption without a check',
    makeWriter: (storage) => new AdoptsAnything(storage),
    finding: /is not the file of \d+ rows that the log names|other rows than its coverage says/,
  },
  {
    lack: 'a retry that does not read coverage again',
    makeWriter: (storage) => new OldCoverage(storage),
    finding: /which is live|other rows than its coverage says/,
  },
];

/** A `WriteDataFile` without the check of what lies there. @public */
export async function adoptAnything(
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
  lying?: LyingFile,
): Promise<DataFile> {
  if (lying === undefined) return writeRows(options, file, batches);
  const { table, partition, firstBlock, lastBlock, rowCount } = file;
  const path = rowsPath(file, options as RowsOptions);
  return { table, path, byteSize: lying.byteSize, rowCount, partition, firstBlock, lastBlock, adopted: true };
}
