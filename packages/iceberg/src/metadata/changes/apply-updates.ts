import { DatagenError } from '@datagen/core/writer';
import type { StatisticsFile, TableMetadata } from '../table-metadata.ts';
import { cannot, changed, type Draft, without } from './draft.ts';
import { type Added, addPartitionSpec, addSchema, addSortOrder } from './layouts.ts';
import { addSnapshot, removeReference, removeSnapshots, setReference } from './snapshots.ts';
import { LAST_ADDED, type TableUpdate } from './updates.ts';

/** The version of tables that changes are worked out for. */
const FORMAT_VERSION = 2;

/**
 * What a table's metadata becomes by updates, in their order, as a catalog works it out; `metadata-log` is left to
 * whoever knows where metadata lies. Throws `INVALID_OPTION` for an update that cannot be made, and `TABLE_CONFLICT` for
 * a table of a version other than 2.
 */
export function applyUpdates(
  metadata: TableMetadata,
  updates: readonly TableUpdate[],
  nowMs: number = Date.now(),
): TableMetadata {
  // Time does not run backwards in a table, whatever the clock says.
  const timeMs = Math.max(nowMs, metadata['last-updated-ms']);
  let draft: Draft = {
    metadata: { ...metadata, 'last-updated-ms': timeMs },
    added: new Set(),
  };
  for (const update of updates) draft = { ...draft, ...apply(draft, update) };
  const version = draft.metadata['format-version'];
  if (version === FORMAT_VERSION) return draft.metadata;
  throw new DatagenError(
    'TABLE_CONFLICT',
    `Cannot change the table at ${metadata.location}: it is of format version ${String(version)} of Iceberg, and datagen writes ${String(FORMAT_VERSION)}.`,
    { details: { location: metadata.location, version } },
  );
}

function apply(draft: Draft, update: TableUpdate): Partial<Draft> {
  const { metadata } = draft;
  switch (update.action) {
    case 'assign-uuid':
      return changed(draft, { 'table-uuid': update.uuid });
    case 'upgrade-format-version':
      return upgrade(draft, update['format-version']);
    case 'add-schema':
      return withId(draft, 'lastSchemaId', addSchema(metadata, update.schema));
    case 'set-current-schema':
      return changed(draft, {
        'current-schema-id': oneOf(
          'schema',
          metadata.schemas.map((schema) => schema['schema-id']),
          update['schema-id'],
          draft.lastSchemaId,
        ),
      });
    case 'add-spec':
      return withId(draft, 'lastSpecId', addPartitionSpec(metadata, update.spec));
    case 'set-default-spec':
      return changed(draft, {
        'default-spec-id': oneOf(
          'partition spec',
          metadata['partition-specs'].map((spec) => spec['spec-id']),
          update['spec-id'],
          draft.lastSpecId,
        ),
      });
    case 'add-sort-order':
      return withId(draft, 'lastOrderId', addSortOrder(metadata, update['sort-order']));
    case 'set-default-sort-order':
      return changed(draft, {
        'default-sort-order-id': oneOf(
          'sort order',
          metadata['sort-orders'].map((order) => order['order-id']),
          update['sort-order-id'],
          draft.lastOrderId,
        ),
      });
    case 'add-snapshot':
      return addSnapshot(draft, update.snapshot);
    case 'set-snapshot-ref':
      return setReference(draft, update);
    case 'remove-snapshots':
      return removeSnapshots(draft, update['snapshot-ids']);
    case 'remove-snapshot-ref':
      return removeReference(draft, update['ref-name']);
    case 'set-location':
      return changed(draft, { location: update.location });
    case 'set-properties':
      return changed(draft, { properties: { ...metadata.properties, ...update.updates } });
    case 'remove-properties':
      return changed(draft, { properties: without(metadata.properties, update.removals) });
    case 'set-statistics':
      return changed(draft, { statistics: replaced(metadata.statistics, update.statistics) });
    case 'remove-statistics':
      return changed(draft, { statistics: removed(metadata.statistics, update['snapshot-id']) });
    case 'set-partition-statistics':
      return changed(draft, {
        'partition-statistics': replaced(metadata['partition-statistics'], update['partition-statistics']),
      });
    case 'remove-partition-statistics':
      return changed(draft, {
        'partition-statistics': removed(metadata['partition-statistics'], update['snapshot-id']),
      });
    case 'remove-partition-specs': {
      refuseRemoval('partition spec', metadata['default-spec-id'], update['spec-ids']);
      const left = metadata['partition-specs'].filter(
        (spec) => !update['spec-ids'].includes(spec['spec-id']),
      );
      return changed(draft, { 'partition-specs': left });
    }
    case 'remove-schemas': {
      refuseRemoval('schema', metadata['current-schema-id'], update['schema-ids']);
      const left = metadata.schemas.filter((schema) => !update['schema-ids'].includes(schema['schema-id']));
      return changed(draft, { schemas: left });
    }
  }
}

function withId(
  draft: Draft,
  name: 'lastSchemaId' | 'lastSpecId' | 'lastOrderId',
  { changes, id }: Added,
): Partial<Draft> {
  return { ...changed(draft, changes), [name]: id };
}

function oneOf(what: string, known: readonly number[], id: number, last: number | undefined): number {
  const found = id === LAST_ADDED ? last : id;
  if (found !== undefined && known.includes(found)) return found;
  throw cannot(`it has no ${what} ${id === LAST_ADDED ? 'that was added before' : String(id)}`);
}

function upgrade(draft: Draft, version: number): Partial<Draft> {
  const found = draft.metadata['format-version'];
  if (version < found)
    throw cannot(`its format version is ${String(found)}, which cannot become ${String(version)}`);
  // What version 1 alone has would be stale from here on.
  const {
    schema: _,
    'partition-spec': __,
    ...rest
  } = draft.metadata as TableMetadata & Record<string, unknown>;
  const metadata = found === 1 && version > 1 ? rest : draft.metadata;
  return { metadata: { ...metadata, 'format-version': version } };
}

function refuseRemoval(what: string, used: number, ids: readonly number[]): void {
  if (ids.includes(used)) throw cannot(`${what} ${String(used)} is the one in use`);
}

function replaced(files: readonly StatisticsFile[] = [], file: StatisticsFile): readonly StatisticsFile[] {
  return [...removed(files, file['snapshot-id']), file];
}

function removed(files: readonly StatisticsFile[] = [], id: bigint): readonly StatisticsFile[] {
  return files.filter((file) => file['snapshot-id'] !== id);
}
