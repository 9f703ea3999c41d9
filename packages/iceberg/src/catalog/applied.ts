import type { TableMetadata } from '../metadata/index.ts';
import { COMMIT_ID_KEY, type TableChange } from './catalog.ts';

/**
 * Whether a table holds a change already, so that an attempt whose answer was lost is not repeated: it has a snapshot
 * with the change's commit id, or, of a change without a snapshot, all properties that it sets.
 */
export function isApplied(metadata: TableMetadata, { updates, commitId }: TableChange): boolean {
  const addsSnapshot = updates.some(({ action }) => action === 'add-snapshot');
  if (addsSnapshot) return metadata.snapshots.some(({ summary }) => summary?.[COMMIT_ID_KEY] === commitId);
  const properties = updates.flatMap((update) =>
    update.action === 'set-properties' ? Object.entries(update.updates) : [],
  );
  return properties.length > 0 && properties.every(([key, value]) => metadata.properties[key] === value);
}
