import {
  type ChangeOutcome,
  engineName,
  option,
  parseRunRecord,
  runName,
  runRecordText,
  sentence,
  type TableChange,
  tableConflict,
} from '@datagen/core/writer';
import { type PartitionKey, partitionKeysOf } from '../partitioning.ts';
import { columnTextsIn, columnsOf, haveFieldIds } from '../schema.ts';
import type { SqlTransaction } from '@datagen/sql';
import { tagsOf } from '../catalog/coverage-tags.ts';
import { addFiles } from './file-rows.ts';
import { ensureCatalog, findSchema, type LakePlace } from '../catalog/lake.ts';
import { findTable, type FoundTable, type LakeTable } from '../catalog/lake-table.ts';
import { endReplacedFiles } from './live-files.ts';
import { type CommitMessage, messagesAfter, Snapshot } from './snapshot.ts';
import {
  createTable,
  dropTable,
  endInlinedRows,
  ensureSchema,
  hasInlinedRows,
  setTags,
} from './table-rows.ts';
import { tableCounts, updateStatistics } from './table-statistics.ts';

const AUTHOR = engineName(new URL('../../package.json', import.meta.url));

/** What a table must still be for a change of it to be right: itself, its columns, its partitioning and its tags. */
export function versionOf({ table, past }: FoundTable): string {
  if (table === undefined) return JSON.stringify([past]);
  const { id, columns, partitioning, tags } = table;
  return JSON.stringify([id, columns, partitioning ?? null, [...tags]]);
}

/**
 * Puts the changes of all tables into one snapshot, so that readers see all of them or none. Nothing is changed where a
 * table is not what its change was made for.
 */
export async function commitSnapshot(
  transaction: SqlTransaction,
  place: LakePlace,
  schemaName: string,
  changes: readonly TableChange[],
): Promise<readonly ChangeOutcome[]> {
  await ensureCatalog(transaction, place, AUTHOR);
  const schema = await findSchema(transaction, place, schemaName);
  const found: FoundTable[] = [];
  for (const { table } of changes) found.push(await findTable(transaction, place, schema, table));
  if (changes.some(({ base }, i) => versionOf(found[i] as FoundTable) !== base.version)) {
    const [newest] = await messagesAfter(transaction, 0);
    return changes.map(() => ({ committed: false, by: nameOf(newest) }));
  }
  const snapshot = await Snapshot.after(transaction);
  const target = { id: ensureSchema(snapshot, schema), name: schema.name };
  const outcomes: ChangeOutcome[] = [];
  for (const [i, change] of changes.entries())
    outcomes.push(await addChange(transaction, snapshot, target, change, found[i] as FoundTable));
  await snapshot.put(transaction, messageOf(changes));
  return outcomes;
}

/** Whether a run has a snapshot already: its answer may have been lost. */
export async function isCommitted(transaction: SqlTransaction, runId: string): Promise<boolean> {
  if (!(await transaction.hasTable('ducklake_snapshot_changes'))) return false;
  const messages = await messagesAfter(transaction, 0);
  return messages.some(({ author, extraInfo }) => parseRunRecord(author, extraInfo)?.run === runId);
}

async function addChange(
  transaction: SqlTransaction,
  snapshot: Snapshot,
  schema: { readonly id: number; readonly name: string },
  change: TableChange,
  { table: present, folder, path }: FoundTable,
): Promise<ChangeOutcome> {
  const { table, replaces, files, spec } = change;
  const keys = partitionKeysOf(table, spec.componentsFor(table));
  const removed =
    present === undefined || replaces === 'nothing'
      ? undefined
      : await endReplacedFiles(transaction, snapshot, present, change);
  let target = present;
  if (present !== undefined && replaces === 'everything') {
    if (isAlike(present, change, keys)) await endInlinedRows(transaction, snapshot, present.id);
    else {
      dropTable(snapshot, present);
      target = undefined;
    }
  } else if (present !== undefined && replaces === 'window') {
    await refuseInlinedRows(transaction, present, change);
  }
  if (target !== undefined && removed !== undefined)
    snapshot.change(`deleted_from_table:${String(target.id)}`);
  target ??= createTable(snapshot, table, schema, path, keys);
  const counts = await tableCounts(transaction, target);
  if (files.length > 0) snapshot.change(`inserted_into_table:${String(target.id)}`);
  const added = addFiles(snapshot, target, files, { folder, firstRowId: counts?.nextRowId ?? 0 });
  await updateStatistics(transaction, snapshot, target, counts, files, added);
  setTags(snapshot, target, tagsOf(change));
  return { committed: true, ...(removed && { removed }) };
}

/** Whether a table stays the same one when all of its rows are replaced. */
function isAlike(
  { columns, partitioning }: LakeTable,
  { table }: TableChange,
  keys: readonly PartitionKey[],
): boolean {
  const asked = columnTextsIn(columnsOf(table), table);
  return (
    haveFieldIds(columns, table) &&
    columnTextsIn(columns, table).join() === asked.join() &&
    partitionText(partitioning?.keys ?? []) === partitionText(keys)
  );
}

/** `year(ts), month(ts), group` */
export function partitionText(keys: readonly PartitionKey[]): string {
  return keys
    .map(({ column, transform }) => (transform === 'identity' ? column : `${transform}(${column})`))
    .join(', ');
}

async function refuseInlinedRows(
  transaction: SqlTransaction,
  { id }: LakeTable,
  { table }: TableChange,
): Promise<void> {
  if (!(await hasInlinedRows(transaction, id))) return;
  throw tableConflict(
    sentence`Cannot replace only this window of \`${table.name}\`: DuckDB keeps some of its rows in the catalog. Put them into files by ducklake_flush_inlined_data, or replace the table with ${option('mode', 'overwrite')}.`,
    { table: table.name },
  );
}

function messageOf(changes: readonly TableChange[]): CommitMessage {
  const [change = {} as TableChange] = changes;
  const { dataset, spec } = change;
  const tables = changes.map(({ table }) => table.name).join(', ');
  return {
    author: AUTHOR,
    message: `${dataset.generator} from ${spec.startDate} to ${spec.endDate}: ${tables}`,
    extraInfo: runRecordText(change),
  };
}

type Message = Awaited<ReturnType<typeof messagesAfter>>[number];

/** Who committed, for a message. */
function nameOf(message: Message | undefined): string {
  const run = message && parseRunRecord(message.author, message.extraInfo);
  if (run !== undefined) return runName(run);
  return message?.author ?? 'somebody else';
}
