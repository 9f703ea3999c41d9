import { randomUUID } from 'node:crypto';
import type { Storage, TableChange as Change } from '@datagen/core/writer';
import type { LoadedTable, TableChange } from '../catalog/catalog.ts';
import { newSpec, partitionKeysOf, specIn } from '../layout/partitioning.ts';
import { currentSchema, replacedSchema } from '../layout/schema.ts';
import { newSortOrder, sortOrderIn, UNSORTED } from '../layout/sort-order.ts';
import { foldersOf } from '../layout/folders.ts';
import {
  LAST_ADDED,
  MAIN_BRANCH,
  type PartitionSpec,
  type Schema,
  type SortOrder,
  type TableMetadata,
  type TableRequirement,
  type TableUpdate,
} from '../metadata/index.ts';
import { coverageProperties } from './coverage.ts';
import { ManifestStore } from './manifest-store.ts';
import { putSnapshot, type SnapshotLayout } from './snapshot.ts';
import type { FileChanges } from './summary.ts';

/** A change and the table that it is worked out from: as it was loaded, or staged where there is none. */
export interface BasedChange {
  readonly change: Change;
  readonly base: LoadedTable;
  /** Those that the table gets beside what datagen says of it. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A change as a catalog takes it, the files that it adds to the table and removes, and what was put for it. */
export interface Attempt {
  readonly change: TableChange;
  readonly files: FileChanges;
  readonly store: ManifestStore;
}

/** Prepares changes that are committed together; where one of them fails, nothing of any is left. */
export async function prepareChanges(
  storage: Storage,
  changes: readonly BasedChange[],
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  const stores = changes.map(() => new ManifestStore(storage));
  try {
    for (const [i, change] of changes.entries())
      attempts.push(await prepareChange(storage, stores[i] as ManifestStore, change));
    return attempts;
  } catch (thrown) {
    for (const store of stores) await store.removeWritten();
    throw thrown;
  }
}

/**
 * Turns a change of @datagen/core into one of a catalog: puts its snapshot, and says what has to be true of the table and
 * what becomes of it.
 */
async function prepareChange(
  storage: Storage,
  store: ManifestStore,
  { change, base, properties }: BasedChange,
): Promise<Attempt> {
  const { metadata } = base;
  const { layout, updates, requirements } = layoutOf(metadata, change);
  const commitId = randomUUID();
  const folders = foldersOf(storage, change.table.name, metadata);
  const { snapshot, changes } = await putSnapshot(storage, store, {
    metadata,
    change,
    layout,
    folders,
    commitId,
  });
  const isNew = base.metadataLocation === undefined;
  return {
    store,
    files: changes,
    change: {
      identifier: base.identifier,
      base,
      commitId,
      requirements: isNew ? [] : [...pins(metadata), ...requirements],
      updates: [
        ...updates,
        { action: 'add-snapshot', snapshot },
        {
          action: 'set-snapshot-ref',
          'ref-name': MAIN_BRANCH,
          ...(metadata.refs[MAIN_BRANCH] ?? { type: 'branch' }),
          'snapshot-id': snapshot['snapshot-id'],
        },
        {
          action: 'set-properties',
          updates: { ...properties, ...coverageProperties(change, metadata, snapshot) },
        },
      ],
    },
  };
}

/** What has to be as it was read, for the files of a run to be right. */
function pins(metadata: TableMetadata): readonly TableRequirement[] {
  return [
    { type: 'assert-table-uuid', uuid: metadata['table-uuid'] },
    {
      type: 'assert-ref-snapshot-id',
      ref: MAIN_BRANCH,
      'snapshot-id': metadata['current-snapshot-id'] ?? null,
    },
    { type: 'assert-current-schema-id', 'current-schema-id': metadata['current-schema-id'] },
    { type: 'assert-default-spec-id', 'default-spec-id': metadata['default-spec-id'] },
  ];
}

interface LayoutChange {
  readonly layout: SnapshotLayout;
  readonly updates: readonly TableUpdate[];
  readonly requirements: readonly TableRequirement[];
}

/** The schema, spec and order that the files of a change are of, and what makes the table have them. */
function layoutOf(metadata: TableMetadata, { table, spec: asked, replaces }: Change): LayoutChange {
  const keys = partitionKeysOf(table, asked.componentsFor(table));
  if (replaces !== 'everything') {
    const schema = currentSchema(metadata);
    const spec = specIn(metadata, schema, keys);
    if (spec === undefined) throw new Error('a table was opened whose partitioning is another one');
    const order = sortOrderIn(metadata, schema, table) ?? UNSORTED;
    return { layout: { schema, spec, sortOrderId: order['order-id'] }, updates: [], requirements: [] };
  }
  const schema = replacedSchema(metadata, table);
  const spec = specIn(metadata, schema, keys) ?? newSpec(metadata, schema, keys);
  const order = sortOrderIn(metadata, schema, table) ?? newSortOrder(metadata, schema, table);
  return {
    layout: { schema, spec, sortOrderId: order['order-id'] },
    updates: [
      ...schemaUpdates(metadata, schema),
      ...specUpdates(metadata, spec),
      ...orderUpdates(metadata, order),
    ],
    requirements: [
      { type: 'assert-last-assigned-field-id', 'last-assigned-field-id': metadata['last-column-id'] },
      {
        type: 'assert-last-assigned-partition-id',
        'last-assigned-partition-id': metadata['last-partition-id'],
      },
      { type: 'assert-default-sort-order-id', 'default-sort-order-id': metadata['default-sort-order-id'] },
    ],
  };
}

function schemaUpdates(metadata: TableMetadata, schema: Schema): readonly TableUpdate[] {
  const id = schema['schema-id'];
  if (id === metadata['current-schema-id']) return [];
  const isKnown = metadata.schemas.some((each) => each['schema-id'] === id);
  return [
    ...(isKnown ? [] : [{ action: 'add-schema', schema } as const]),
    { action: 'set-current-schema', 'schema-id': isKnown ? id : LAST_ADDED },
  ];
}

function specUpdates(metadata: TableMetadata, spec: PartitionSpec): readonly TableUpdate[] {
  const id = spec['spec-id'];
  if (id === metadata['default-spec-id']) return [];
  const isKnown = metadata['partition-specs'].some((each) => each['spec-id'] === id);
  return [
    ...(isKnown ? [] : [{ action: 'add-spec', spec } as const]),
    { action: 'set-default-spec', 'spec-id': isKnown ? id : LAST_ADDED },
  ];
}

function orderUpdates(metadata: TableMetadata, order: SortOrder): readonly TableUpdate[] {
  const id = order['order-id'];
  if (id === metadata['default-sort-order-id']) return [];
  const isKnown = metadata['sort-orders'].some((each) => each['order-id'] === id);
  return [
    ...(isKnown ? [] : [{ action: 'add-sort-order', 'sort-order': order } as const]),
    { action: 'set-default-sort-order', 'sort-order-id': isKnown ? id : LAST_ADDED },
  ];
}
