import { sql, type SqlTable, type SqlTransaction, type SqlValue } from '@datagen/sql';
import { sqlNow } from '../catalog/lake.ts';
import { TABLES } from '../catalog/tables.ts';

/** Who made a snapshot and why, as `ducklake_snapshots()` shows it. */
export interface CommitMessage {
  readonly author: string;
  readonly message: string;
  readonly extraInfo: string;
}

/** The next snapshot of a lake while it is put together: its rows, its ids and what it changes. */
export class Snapshot {
  readonly id: number;
  #schemaVersion: number;
  readonly #startVersion: number;
  #nextCatalogId: number;
  #nextFileId: number;
  readonly #rows = new Map<SqlTable, Readonly<Record<string, SqlValue>>[]>();
  readonly #statements: string[] = [];
  readonly #changes: string[] = [];

  private constructor(id: number, schemaVersion: number, nextCatalogId: number, nextFileId: number) {
    this.id = id;
    this.#schemaVersion = schemaVersion;
    this.#startVersion = schemaVersion;
    this.#nextCatalogId = nextCatalogId;
    this.#nextFileId = nextFileId;
  }

  /** The one after the newest. */
  static async after(transaction: SqlTransaction): Promise<Snapshot> {
    const [newest] = await transaction.select(
      {
        snapshot_id: 'integer',
        schema_version: 'integer',
        next_catalog_id: 'integer',
        next_file_id: 'integer',
      },
      'FROM ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1',
    );
    if (newest === undefined) throw new Error('the catalog has no snapshot');
    const { snapshot_id, schema_version, next_catalog_id, next_file_id } = newest;
    return new Snapshot(snapshot_id + 1, schema_version, next_catalog_id, next_file_id);
  }

  /** An id for a schema, a table, a partitioning or a sort order. */
  nextCatalogId(): number {
    return this.#nextCatalogId++;
  }

  nextFileId(): number {
    return this.#nextFileId++;
  }

  /** Adds a row to a table of the catalog; columns that are not named are null. */
  add(table: SqlTable, row: Readonly<Record<string, SqlValue>>): void {
    const rows = this.#rows.get(table);
    if (rows === undefined) this.#rows.set(table, [row]);
    else rows.push(row);
  }

  /** Ends rows that are live: snapshots before this one still have them. */
  end(table: SqlTable, where: string): void {
    this.run(
      `UPDATE ${table.name} SET end_snapshot = ${String(this.id)} WHERE end_snapshot IS NULL AND ${where}`,
    );
  }

  /** A statement that runs before rows are added. */
  run(statement: string): void {
    this.#statements.push(statement);
  }

  /** Says what changes, in the words of `changes_made`. */
  change(text: string): void {
    this.#changes.push(text);
  }

  /** Says that the columns or the layout of a table change with this snapshot. */
  changeSchema(tableId: number): void {
    this.#schemaVersion = this.#startVersion + 1;
    this.add(TABLES.schemaVersions, {
      begin_snapshot: this.id,
      schema_version: this.#schemaVersion,
      table_id: tableId,
    });
  }

  /** The snapshot itself comes first: of two that write the same one, the second waits or fails there. */
  async put(transaction: SqlTransaction, { author, message, extraInfo }: CommitMessage): Promise<void> {
    await transaction.insert(TABLES.snapshot, [
      {
        snapshot_id: this.id,
        snapshot_time: sqlNow(),
        schema_version: this.#schemaVersion,
        next_catalog_id: this.#nextCatalogId,
        next_file_id: this.#nextFileId,
      },
    ]);
    for (const statement of this.#statements) await transaction.run(statement);
    for (const [table, rows] of this.#rows) await transaction.insert(table, rows);
    await transaction.insert(TABLES.snapshotChanges, [
      {
        snapshot_id: this.id,
        changes_made: this.#changes.join(','),
        author,
        commit_message: message,
        commit_extra_info: extraInfo,
      },
    ]);
  }
}

/** The extra information of snapshots after one, newest first. */
export async function messagesAfter(
  transaction: SqlTransaction,
  snapshotId: number,
): Promise<readonly { readonly author: string | null; readonly extraInfo: string | null }[]> {
  const rows = await transaction.select(
    { author: 'text?', commit_extra_info: 'text?' },
    sql`FROM ducklake_snapshot_changes WHERE snapshot_id > ${snapshotId} ORDER BY snapshot_id DESC`,
  );
  return rows.map(({ author, commit_extra_info }) => ({ author, extraInfo: commit_extra_info }));
}
