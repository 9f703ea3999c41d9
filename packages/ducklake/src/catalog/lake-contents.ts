import type { ListedColumn, ListedFile } from '@datagen/parquet/reader';
import { sql, type SqlTransaction } from '@datagen/sql';
import { typeNameIn } from '../schema.ts';
import { folderIn, type LakePlace, type LakeSchema } from './lake.ts';

/** What a lake holds in one snapshot, for those who read it. */
export class LakeContents {
  readonly snapshot: number;
  readonly #transaction: SqlTransaction;
  readonly #place: LakePlace;
  readonly #schema: LakeSchema;

  constructor(transaction: SqlTransaction, place: LakePlace, schema: LakeSchema, snapshot: number) {
    this.#transaction = transaction;
    this.#place = place;
    this.#schema = schema;
    this.snapshot = snapshot;
  }

  /** The snapshots that there are, oldest first, and when they were made. */
  static async snapshots(
    transaction: SqlTransaction,
  ): Promise<readonly { readonly id: number; readonly time: string | null }[]> {
    const rows = await transaction.select(
      { snapshot_id: 'integer', 'CAST(snapshot_time AS VARCHAR)': 'text?' },
      'FROM ducklake_snapshot ORDER BY snapshot_id',
    );
    return rows.map((row) => ({ id: row.snapshot_id, time: row['CAST(snapshot_time AS VARCHAR)'] }));
  }

  async tables(): Promise<readonly LakeTableFolder[]> {
    const { id } = this.#schema;
    if (id === undefined) return [];
    const rows = await this.#transaction.select(
      { table_id: 'integer', table_name: 'text', path: 'text', path_is_relative: 'boolean' },
      sql`FROM ducklake_table WHERE schema_id = ${id} AND ` + this.#isLive + ' ORDER BY table_name',
    );
    return rows.map((row) => ({
      id: row.table_id,
      name: row.table_name,
      folder: folderIn(this.#place, this.#schema.folder, row.path, row.path_is_relative),
    }));
  }

  async columns({ id }: LakeTableFolder): Promise<readonly ListedColumn[]> {
    const rows = await this.#transaction.select(
      { column_id: 'integer', column_name: 'text', column_type: 'text' },
      sql`FROM ducklake_column WHERE table_id = ${id} AND parent_column IS NULL AND ` +
        this.#isLive +
        ' ORDER BY column_order',
    );
    const comments = await this.#transaction.select(
      { column_id: 'integer', value: 'text?' },
      sql`FROM ducklake_column_tag WHERE table_id = ${id} AND key = ${'comment'} AND ` + this.#isLive,
    );
    const docs = new Map(comments.map(({ column_id, value }) => [column_id, value ?? '']));
    return rows.map((row): ListedColumn => {
      const doc = docs.get(row.column_id);
      return {
        name: row.column_name,
        fieldId: row.column_id,
        type: typeNameIn(row.column_type),
        ...(doc !== undefined && { doc }),
      };
    });
  }

  async files({ id, folder }: LakeTableFolder): Promise<readonly ListedFile[]> {
    const rows = await this.#transaction.select(
      { path: 'text', path_is_relative: 'boolean', record_count: 'integer', file_size_bytes: 'integer' },
      sql`FROM ducklake_data_file WHERE table_id = ${id} AND ` + this.#isLive + ' ORDER BY data_file_id',
    );
    return rows.map((row) => ({
      // As a folder it would end in a slash.
      path: folderIn(this.#place, folder, row.path, row.path_is_relative).slice(0, -1),
      byteSize: row.file_size_bytes,
      rowCount: row.record_count,
    }));
  }

  /** Rows of the live files that were deleted, by files of deletes and by rows that the catalog itself keeps. */
  async deletedRowCount({ id }: LakeTableFolder): Promise<number> {
    const rows = await this.#transaction.select(
      { delete_count: 'integer' },
      sql`FROM ducklake_delete_file WHERE table_id = ${id} AND ` + this.#isLive,
    );
    const inFiles = rows.reduce((sum, { delete_count: count }) => sum + count, 0);
    const inlined = `ducklake_inlined_delete_${String(id)}`;
    if (!(await this.#transaction.hasTable(inlined))) return inFiles;
    return (
      inFiles +
      (await this.#count(
        `FROM ${inlined} ` +
          sql`WHERE begin_snapshot <= ${this.snapshot} AND file_id IN (SELECT data_file_id FROM ducklake_data_file WHERE table_id = ${id} AND ` +
          `${this.#isLive})`,
      ))
    );
  }

  /** Rows that are in no file yet, since the catalog itself keeps them (data inlining). */
  async inlinedRowCount({ id }: LakeTableFolder): Promise<number> {
    if (!(await this.#transaction.hasTable('ducklake_inlined_data_tables'))) return 0;
    const tables = await this.#transaction.select(
      { table_name: 'text' },
      sql`FROM ducklake_inlined_data_tables WHERE table_id = ${id}`,
    );
    let count = 0;
    for (const { table_name: table } of tables)
      count += await this.#count(`FROM "${table}" WHERE ${this.#isLive}`);
    return count;
  }

  async #count(from: string): Promise<number> {
    const [row] = await this.#transaction.select({ 'count(*)': 'integer' }, from);
    return row?.['count(*)'] ?? 0;
  }

  get #isLive(): string {
    return sql`begin_snapshot <= ${this.snapshot} AND (end_snapshot IS NULL OR end_snapshot > ${this.snapshot})`;
  }
}

/** A table of a lake, and where its files lie: a folder of the storage, which ends in `/`. */
export interface LakeTableFolder {
  readonly id: number;
  readonly name: string;
  readonly folder: string;
}
