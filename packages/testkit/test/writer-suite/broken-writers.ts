import {
  type ChangeOutcome,
  type CommitOutcome,
  type Coverage,
  type DatasetIdentity,
  LocalStorage,
  type OpenTable,
  type OpenTableOptions,
  receiptOf,
  type TableChange,
  type TableDefinition,
  type TableFiles,
  type TableWriter,
} from '@datagen/core/writer';
import { LogTableWriter } from '../../src/log-table/log-table-writer.ts';
import { AdoptsAnything, NoPin, OldCoverage } from '../schedules/mutants.ts';
import { NeverChanges, Replaces, SaysNothing, WritesAgain } from './broken-partitionings.ts';

/** A writer that breaks its contract in one way, and what the check that looks for it says. */
interface BrokenWriter {
  readonly fault: string;
  readonly createWriter: (place: string) => TableWriter;
  readonly finding: RegExp;
}

const NOTHING: Coverage = { digests: [], covers: () => false };

/** A log table that knows of no dataset before it is opened. */
class KnowsNoDataset extends LogTableWriter {
  override datasetsOf(): Promise<readonly DatasetIdentity[]> {
    return Promise.resolve([]);
  }
}

/** A log table whose files are written by a function of `broken-files.ts`. */
function withFiles(exported: string) {
  return class extends LogTableWriter {
    protected override async openFiles(
      ...args: Parameters<LogTableWriter['openFiles']>
    ): Promise<TableFiles> {
      const files = await super.openFiles(...args);
      const module = new URL('broken-files.ts', import.meta.url).href;
      return { ...files, fileWriter: { ...files.fileWriter, module, export: exported } };
    }
  };
}

/** A log table that is opened as if the options were others. */
function openedWith(change: (options: OpenTableOptions) => Partial<OpenTableOptions>) {
  return class extends KnowsNoDataset {
    override openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
      return super.openTable(table, { ...options, ...change(options) });
    }
  };
}

/** A log table that says of itself what is not so. */
function saying(change: (opened: OpenTable) => Partial<OpenTable>) {
  return class extends LogTableWriter {
    override async openTable(...args: Parameters<LogTableWriter['openTable']>): Promise<OpenTable> {
      const opened = await super.openTable(...args);
      return Object.assign(opened, change(opened));
    }
  };
}

/** An overwrite that finds the table moved goes on as an append. */
class ForgetsTheMode extends LogTableWriter {
  readonly #opened = new Set<string>();

  override openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const isFirst = !this.#opened.has(table.name);
    this.#opened.add(table.name);
    return super.openTable(table, isFirst ? options : { ...options, mode: 'append' });
  }
}

/** An append counts nothing as being there. */
class AppendsAgain extends LogTableWriter {
  override async openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable> {
    const opened = await super.openTable(table, options);
    return options.mode === 'append' ? Object.assign(opened, { coverage: NOTHING }) : opened;
  }
}

class RefusesEmptyCommits extends LogTableWriter {
  protected override commitChanges(changes: readonly TableChange[]) {
    if (changes.some(({ files }) => files.every(({ rowCount }) => rowCount === 0)))
      throw new Error('nothing to commit');
    return super.commitChanges(changes);
  }
}

/** Makes no table of what has no rows, and says that it did. */
class LeavesEmptyTablesOut extends LogTableWriter {
  protected override async commitChanges(changes: readonly TableChange[]): Promise<readonly ChangeOutcome[]> {
    const outcomes: ChangeOutcome[] = [];
    for (const change of changes) {
      const isEmpty = change.files.every(({ rowCount }) => rowCount === 0);
      outcomes.push(...(isEmpty ? [{ committed: true } as const] : await super.commitChanges([change])));
    }
    return outcomes;
  }
}

/** Answers a commit that it makes only when it is closed. */
class CommitsAtTheEnd extends LogTableWriter {
  #left: Parameters<LogTableWriter['commit']> | undefined;

  override commit(...args: Parameters<LogTableWriter['commit']>): Promise<readonly CommitOutcome[]> {
    this.#left = args;
    return Promise.resolve(args[0].map((commit) => ({ receipt: receiptOf(commit) })));
  }

  async close(): Promise<void> {
    if (this.#left !== undefined) await super.commit(...this.#left);
    this.#left = undefined;
  }
}

const NOT_EQUAL = /strictly (deep-)?equal/;
const OTHER_ROWS = /holds (other rows than were generated|another number of rows)/;
const NOT_REFUSED = /Missing expected rejection/;

type MadeFrom = new (storage: LocalStorage) => TableWriter;

const breaks = (fault: string, Writer: MadeFrom, finding: RegExp): BrokenWriter => ({
  fault,
  createWriter: (place) => new Writer(new LocalStorage(place)),
  finding,
});

/** For each check, writers that break just what it looks at. */
export const brokenWriters: Readonly<Record<string, readonly BrokenWriter[]>> = {
  'gives back every value of every type, in each partitioning': [
    breaks('empty texts in the place of nulls', withFiles('withoutNulls'), OTHER_ROWS),
  ],
  'adds nothing when a run is repeated, and says what is there': [
    breaks(
      'a table that counts as empty',
      saying(() => ({ coverage: NOTHING })),
      /which is live|strictly deep-equal/,
    ),
  ],
  'adds only the new days when the window grows at both ends, whatever the size of files': [
    breaks(
      'a table that counts as full once it has rows',
      saying(({ coverage }) => ({
        coverage: {
          digests: coverage.digests,
          covers: (digest) => coverage.digests.includes(digest),
        },
      })),
      NOT_EQUAL,
    ),
  ],
  'is completed by the same call after an abort at any batch': [
    breaks('halves of files that it adopts', withFiles('keepsHalves'), /is not the file of \d+ rows/),
  ],
  'refuses another dataset and leaves the table alone': [
    breaks(
      'an append that nobody asked for',
      openedWith(({ mode }) => ({ mode: mode === 'error' ? 'append' : mode })),
      NOT_REFUSED,
    ),
  ],
  'refuses tables that would not fit to those of another dataset': [
    breaks('no word of which datasets there are', KnowsNoDataset, NOT_REFUSED),
  ],
  'appends another dataset once when told to': [
    breaks('the same rows again at each append', AppendsAgain, /which is live/),
  ],
  'replaces everything when told to overwrite, also by the same dataset': [
    breaks(
      'an overwrite that removes nothing',
      openedWith(({ mode }) => ({ mode: mode === 'overwrite' ? 'append' : mode })),
      OTHER_ROWS,
    ),
  ],
  'replaces the days of a window when told to, and no others': [
    breaks(
      'an overwrite of everything',
      openedWith(({ mode }) => ({ mode: mode === 'overwrite-window' ? 'overwrite' : mode })),
      NOT_EQUAL,
    ),
  ],
  'holds every row once after runs at once, alike, overlapping and with files of other sizes': [
    breaks('commits to whatever the table is by now', NoPin, /which is live/),
  ],
  'ends as one after the other when an overwrite and an append run at once': [
    breaks(
      'an overwrite that removes nothing',
      openedWith(({ mode }) => ({ mode: mode === 'overwrite' ? 'append' : mode })),
      /expected the rows of one of the two orders/,
    ),
  ],
  'makes the same rows on threads': [
    breaks('other values on threads', withFiles('withoutNullsOnThreads'), OTHER_ROWS),
  ],
  'keeps a table without rows, with its columns': [
    breaks('a catalog that refuses empty commits', RefusesEmptyCommits, /nothing to commit/),
    breaks('tables that are left out', LeavesEmptyTablesOut, /a reader finds the table without rows/),
  ],
  'refuses another partitioning or holds every row once in both, and takes it for an overwrite': [
    breaks('the same rows again in another partitioning', WritesAgain, OTHER_ROWS),
    breaks('a table that is replaced by one of another partitioning', Replaces, OTHER_ROWS),
    breaks('a partitioning that is for ever', NeverChanges, /is partitioned in another way/),
    breaks('a refusal that says nothing', SaysNothing, /says that the partitioning is another one/),
  ],
  'shows no row before the commit, and adopts what lies whole afterwards': [
    breaks('files that are always made again', withFiles('adoptsNothing'), NOT_EQUAL),
  ],
  'makes again what lies cut short, or holds other rows': [
    breaks('adoption without a look', AdoptsAnything, /adopts the others alone, got 1800 rows/),
  ],
  'makes again what lies so long that cleaning may remove it': [
    breaks(
      'files of any age that are adopted',
      saying((opened) => {
        const lies = opened.lies?.bind(opened);
        if (lies === undefined) return {};
        return {
          lies: (file) => {
            const lying = lies(file);
            return lying && { ...lying, isOld: false };
          },
        };
      }),
      NOT_EQUAL,
    ),
  ],
  'adds only what is still missing when somebody else was first': [
    breaks('a retry with what was there at first', OldCoverage, /which is live/),
  ],
  'gives up at once, and says so, when another dataset was first': [
    breaks('commits to whatever the table is by now', NoPin, NOT_REFUSED),
  ],
  'overwrites what was appended meanwhile, and appends to what was overwritten': [
    breaks('an overwrite that becomes an append when the table moved', ForgetsTheMode, OTHER_ROWS),
  ],
  'is found complete by a run after one whose answer was lost': [
    breaks('commits that are made when the writer is closed', CommitsAtTheEnd, NOT_EQUAL),
  ],
};
