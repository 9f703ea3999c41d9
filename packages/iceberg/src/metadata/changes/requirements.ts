import { MAIN_BRANCH } from '../snapshot.ts';
import type { TableMetadata } from '../table-metadata.ts';

/** What has to be true of a table for a change to be made (REST specification, "TableRequirement"). */
export type TableRequirement =
  | { readonly type: 'assert-create' }
  | { readonly type: 'assert-table-uuid'; readonly uuid: string }
  | {
      readonly type: 'assert-ref-snapshot-id';
      readonly ref: string;
      /** Null: there is no such branch or tag. */
      readonly 'snapshot-id': bigint | null;
    }
  | { readonly type: 'assert-last-assigned-field-id'; readonly 'last-assigned-field-id': number }
  | { readonly type: 'assert-current-schema-id'; readonly 'current-schema-id': number }
  | { readonly type: 'assert-last-assigned-partition-id'; readonly 'last-assigned-partition-id': number }
  | { readonly type: 'assert-default-spec-id'; readonly 'default-spec-id': number }
  | { readonly type: 'assert-default-sort-order-id'; readonly 'default-sort-order-id': number };

/**
 * Undefined where a table, or its absence, is as it is required to be; else what is not, as the end of a sentence:
 * `branch main is at snapshot 7, not at 6`.
 */
export function checkRequirements(
  metadata: TableMetadata | undefined,
  requirements: readonly TableRequirement[],
): string | undefined {
  for (const requirement of requirements) {
    const problem = problemWith(metadata, requirement);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemWith(metadata: TableMetadata | undefined, requirement: TableRequirement): string | undefined {
  if (requirement.type === 'assert-create')
    return metadata === undefined ? undefined : 'somebody else has made the table';
  if (metadata === undefined) return 'somebody else has removed the table';
  switch (requirement.type) {
    case 'assert-table-uuid':
      return metadata['table-uuid'].toLowerCase() === requirement.uuid.toLowerCase()
        ? undefined
        : 'somebody else has put another table in its place';
    case 'assert-ref-snapshot-id': {
      const found = metadata.refs[requirement.ref]?.['snapshot-id'];
      return difference(
        requirement.ref === MAIN_BRANCH ? 'the current snapshot' : `the snapshot of ${requirement.ref}`,
        found ?? null,
        requirement['snapshot-id'],
      );
    }
    case 'assert-last-assigned-field-id':
      return difference(
        'the last field id',
        metadata['last-column-id'],
        requirement['last-assigned-field-id'],
      );
    case 'assert-current-schema-id':
      return difference(
        'the current schema',
        metadata['current-schema-id'],
        requirement['current-schema-id'],
      );
    case 'assert-last-assigned-partition-id':
      return difference(
        'the last partition field id',
        metadata['last-partition-id'],
        requirement['last-assigned-partition-id'],
      );
    case 'assert-default-spec-id':
      return difference(
        'the default partition spec',
        metadata['default-spec-id'],
        requirement['default-spec-id'],
      );
    case 'assert-default-sort-order-id':
      return difference(
        'the default sort order',
        metadata['default-sort-order-id'],
        requirement['default-sort-order-id'],
      );
  }
}

function difference(
  what: string,
  found: number | bigint | null,
  expected: number | bigint | null,
): string | undefined {
  return found === expected
    ? undefined
    : `${what} is ${String(found ?? 'none')}, not ${String(expected ?? 'none')}`;
}
