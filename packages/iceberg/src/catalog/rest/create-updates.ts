import { LAST_ADDED, type TableMetadata, type TableUpdate } from '../../metadata/index.ts';

/**
 * The updates that make a table of staged metadata out of nothing, as Java sends them: a server that has staged a table
 * keeps nothing of it (REST specification, "createTable", `stage-create`).
 */
export function createUpdates(metadata: TableMetadata): readonly TableUpdate[] {
  const [schema] = metadata.schemas;
  const [spec] = metadata['partition-specs'];
  const [order] = metadata['sort-orders'];
  if (schema === undefined || spec === undefined || order === undefined)
    throw new RangeError('Expected staged metadata with a schema, a partition spec and a sort order.');
  return [
    { action: 'assign-uuid', uuid: metadata['table-uuid'] },
    { action: 'upgrade-format-version', 'format-version': metadata['format-version'] },
    { action: 'add-schema', schema, 'last-column-id': metadata['last-column-id'] },
    { action: 'set-current-schema', 'schema-id': LAST_ADDED },
    { action: 'add-spec', spec },
    { action: 'set-default-spec', 'spec-id': LAST_ADDED },
    { action: 'add-sort-order', 'sort-order': order },
    { action: 'set-default-sort-order', 'sort-order-id': LAST_ADDED },
    { action: 'set-location', location: metadata.location },
    { action: 'set-properties', updates: metadata.properties },
  ];
}
