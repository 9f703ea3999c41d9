import { randomUUID } from 'node:crypto';
import { type Storage, throwIfAborted } from '@datagen/core/writer';
import type { SqlCatalog as CatalogDatabase, SqlTransaction } from '@datagen/sql';
import { newTableMetadata } from '../../metadata/index.ts';
import type {
  Catalog,
  ChangeOutcome,
  LoadedTable,
  TableChange,
  TableCreation,
  TableIdentifier,
} from '../catalog.ts';
import { Patience } from '../patience.ts';
import { type Attempt, attemptOf, type Draft } from './attempt.ts';
import { TableFiles } from './table-files.ts';
import { CatalogRows } from './tables.ts';

export interface SqlCatalogOptions {
  /** Where the rows of the catalog are. */
  readonly database: CatalogDatabase;
  /** What the catalog is called in its rows: readers open it by this name. */
  readonly name: string;
  /** Where tables lie. */
  readonly storage: Storage;
  /** The folder of new tables in `storage`: empty, or ending in `/`. */
  readonly folder?: string;
}

/** How often a commit is worked out anew because others changed the table in ways that it does not mind. */
const ROUNDS = 10;

/**
 * A catalog in a SQL database, in the tables of Java's JdbcCatalog: a row for each table says where its metadata lies. A
 * commit puts a new metadata file and swaps the row's location for it, if it is still the one that was read; that it came
 * through is proven by reading it back.
 */
export class SqlCatalog implements Catalog {
  readonly description: string;
  readonly #database: CatalogDatabase;
  readonly #name: string;
  readonly #folder: string;
  readonly #files: TableFiles;
  readonly #patience = new Patience();

  constructor({ database, name, storage, folder = '' }: SqlCatalogOptions) {
    this.description = database.name;
    this.#database = database;
    this.#name = name;
    this.#folder = folder;
    this.#files = new TableFiles(storage);
  }

  async listTables(namespace: readonly string[]): Promise<readonly string[]> {
    return (await this.#database.read((transaction) => this.#rows(transaction).names(namespace))) ?? [];
  }

  async loadTable(identifier: TableIdentifier): Promise<LoadedTable | undefined> {
    const [location] = await this.#locations([identifier]);
    return location === undefined ? undefined : this.#tableAt(identifier, location);
  }

  stageTable({
    identifier,
    schema,
    spec,
    sortOrder,
    properties,
    location,
  }: TableCreation): Promise<LoadedTable> {
    const metadata = newTableMetadata({
      uuid: randomUUID(),
      location:
        location ??
        this.#files.locationOf(`${this.#folder}${[...identifier.namespace, identifier.name].join('/')}`),
      schema,
      spec,
      sortOrder,
      properties,
      nowMs: Date.now(),
    });
    return Promise.resolve({ identifier, metadataLocation: undefined, metadata, config: {} });
  }

  /** All of the changes are made, or none. */
  async commit(
    changes: readonly TableChange[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly ChangeOutcome[]> {
    const outcomes = await this.#commit(changes, signal);
    await this.#patience.wait(outcomes, signal);
    return outcomes;
  }

  async createNamespace(namespace: readonly string[]): Promise<void> {
    await this.#database.write(undefined, async (transaction) => {
      const rows = this.#rows(transaction);
      await rows.createTables();
      for (const [i] of namespace.entries()) await rows.createNamespace(namespace.slice(0, i + 1));
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #commit(
    changes: readonly TableChange[],
    signal: AbortSignal | undefined,
  ): Promise<readonly ChangeOutcome[]> {
    let tried: readonly Attempt[] = [];
    for (let round = 1; ; round++) {
      throwIfAborted(signal);
      const attempts = await this.#attempts(changes);
      // Nothing will come of a draft whose table has moved without it.
      const lost = tried.filter((_, i) => attempts[i]?.kind !== 'applied');
      await this.#files.remove(lost.flatMap((attempt) => (attempt.kind === 'draft' ? attempt.location : [])));
      const moved = attempts.find((attempt) => attempt.kind === 'conflict');
      const isLast = round > ROUNDS;
      if (moved === undefined && !isLast && !(await this.#make(attempts.filter(isDraft), signal))) {
        tried = attempts;
        continue;
      }
      const conflict = moved?.conflict ?? (isLast ? 'others have changed it again and again' : undefined);
      return attempts.map((attempt) =>
        attempt.kind === 'applied' || (attempt.kind === 'draft' && conflict === undefined)
          ? { table: attempt.table }
          : { conflict: attempt.kind === 'conflict' ? attempt.conflict : (conflict ?? '') },
      );
    }
  }

  /** What each change comes to with its table as it is now. */
  async #attempts(changes: readonly TableChange[]): Promise<readonly Attempt[]> {
    const locations = await this.#locations(changes.map(({ identifier }) => identifier));
    return Promise.all(
      changes.map(async (change, i) => {
        const location = locations[i];
        const isBase = location !== undefined && location === change.base.metadataLocation;
        const current = isBase
          ? change.base
          : location === undefined
            ? undefined
            : await this.#tableAt(change.identifier, location);
        return attemptOf(change, current);
      }),
    );
  }

  /**
   * Whether the tables are now what drafts say. False where others have changed them meanwhile, before us or after. After
   * a failure metadata files stay where they are: a commit whose answer was lost may name them.
   */
  async #make(drafts: readonly Draft[], signal?: AbortSignal): Promise<boolean> {
    for (const { location, table } of drafts) await this.#files.write(location, table.metadata);
    const isSwapped = await this.#database.write(signal, (transaction) =>
      swap(this.#rows(transaction), drafts),
    );
    const found = isSwapped ? await this.#locations(drafts.map(({ table }) => table.identifier)) : [];
    const isProven = drafts.every(({ location }, i) => location === found[i]);
    if (isProven) await this.#files.remove(drafts.flatMap(({ dropped }) => dropped));
    return isProven;
  }

  async #tableAt(identifier: TableIdentifier, location: string): Promise<LoadedTable> {
    return {
      identifier,
      metadataLocation: location,
      metadata: await this.#files.read(location),
      config: {},
    };
  }

  /** Where the metadata of tables lies, all at one moment. */
  async #locations(identifiers: readonly TableIdentifier[]): Promise<readonly (string | undefined)[]> {
    const found = await this.#database.read(async (transaction) => {
      const rows = this.#rows(transaction);
      const locations: (string | undefined)[] = [];
      for (const identifier of identifiers) locations.push(await rows.metadataLocation(identifier));
      return locations;
    });
    return found ?? identifiers.map(() => undefined);
  }

  #rows(transaction: SqlTransaction): CatalogRows {
    return new CatalogRows(transaction, this.#name);
  }
}

const isDraft = (attempt: Attempt): attempt is Draft => attempt.kind === 'draft';

/** Swaps all locations or none: false where one of them is not what it was. */
async function swap(rows: CatalogRows, drafts: readonly Draft[]): Promise<boolean> {
  await rows.createTables();
  const waiting: Draft[] = [];
  for (const draft of drafts) {
    const found = await rows.metadataLocation(draft.table.identifier);
    // An earlier try came through, its answer lost.
    if (found === draft.location) continue;
    if (found !== draft.previous) return false;
    waiting.push(draft);
  }
  for (const { table, location, previous } of waiting) {
    if (previous === undefined) await rows.insert(table.identifier, location);
    else await rows.update(table.identifier, location, previous);
  }
  return true;
}
