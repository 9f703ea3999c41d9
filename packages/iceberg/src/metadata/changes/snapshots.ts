import { MAIN_BRANCH, type Snapshot, type SnapshotReference } from '../snapshot.ts';
import type { TableMetadata } from '../table-metadata.ts';
import { cannot, changed, type Draft, without } from './draft.ts';

/** Adds a snapshot, which nobody sees until a branch or tag names it. */
export function addSnapshot(draft: Draft, snapshot: Snapshot): Partial<Draft> {
  const { metadata, added } = draft;
  const { 'snapshot-id': id, 'sequence-number': sequence, 'parent-snapshot-id': parent } = snapshot;
  if (find(metadata, id) !== undefined) throw cannot(`it has a snapshot ${String(id)} already`);
  if (parent !== undefined && sequence <= metadata['last-sequence-number']) {
    throw cannot(
      `a snapshot of sequence number ${String(sequence)} would come after one of ${String(metadata['last-sequence-number'])}`,
    );
  }
  return {
    added: new Set([...added, id]),
    ...changed(draft, {
      snapshots: [...metadata.snapshots, snapshot],
      'last-sequence-number': Math.max(sequence, metadata['last-sequence-number']),
      'last-updated-ms': Math.max(snapshot['timestamp-ms'], metadata['last-updated-ms']),
    }),
  };
}

export function setReference(
  draft: Draft,
  update: SnapshotReference & { readonly action: string; readonly 'ref-name': string },
): Partial<Draft> {
  const { metadata, added } = draft;
  const { action: _, 'ref-name': name, ...reference } = update;
  const id = reference['snapshot-id'];
  const snapshot = find(metadata, id);
  if (snapshot === undefined) throw cannot(`it has no snapshot ${String(id)}, which ${name} would name`);
  const refs = { ...metadata.refs, [name]: reference };
  if (name !== MAIN_BRANCH || metadata['current-snapshot-id'] === id) return changed(draft, { refs });
  // A snapshot that this change has made is the current one from its own moment on; an older one, from now on.
  const atMs = added.has(id) ? snapshot['timestamp-ms'] : metadata['last-updated-ms'];
  return changed(draft, {
    refs,
    'current-snapshot-id': id,
    'snapshot-log': [...metadata['snapshot-log'], { 'snapshot-id': id, 'timestamp-ms': atMs }],
  });
}

export function removeReference(draft: Draft, name: string): Partial<Draft> {
  const refs = without(draft.metadata.refs, [name]);
  if (name !== MAIN_BRANCH) return changed(draft, { refs });
  const { 'current-snapshot-id': _, ...metadata } = draft.metadata;
  return { metadata: { ...metadata, refs } };
}

/**
 * Removes snapshots and the tags and branches that name them. The log begins anew after the last of them: before, it would
 * be full of holes (specification, "Table Metadata Fields", `snapshot-log`).
 */
export function removeSnapshots(draft: Draft, ids: readonly bigint[]): Partial<Draft> {
  const { metadata } = draft;
  const isGone = (entry: { readonly 'snapshot-id': bigint }) => ids.includes(entry['snapshot-id']);
  const { refs } = metadata;
  if (refs[MAIN_BRANCH] !== undefined && isGone(refs[MAIN_BRANCH]))
    throw cannot(`snapshot ${String(refs[MAIN_BRANCH]['snapshot-id'])} is the current one`);
  const names = Object.keys(refs).filter((name) => isGone(refs[name] as SnapshotReference));
  const log = metadata['snapshot-log'];
  return changed(draft, {
    snapshots: metadata.snapshots.filter((snapshot) => !isGone(snapshot)),
    refs: without(refs, names),
    'snapshot-log': log.slice(log.findLastIndex(isGone) + 1),
    ...(metadata.statistics && { statistics: metadata.statistics.filter((file) => !isGone(file)) }),
    ...(metadata['partition-statistics'] && {
      'partition-statistics': metadata['partition-statistics'].filter((file) => !isGone(file)),
    }),
  });
}

function find({ snapshots }: TableMetadata, id: bigint): Snapshot | undefined {
  return snapshots.find((snapshot) => snapshot['snapshot-id'] === id);
}
