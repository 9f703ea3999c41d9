import {
  coverageText,
  type DatasetIdentity,
  type DayCoverage,
  parseCoverage,
  reasonOf,
  type TableChange,
  tableConflict,
} from '@datagen/core/writer';
import type { Snapshot, TableMetadata } from '../metadata/index.ts';

/**
 * What datagen says of a table in its properties. They stay as they are when a table is rolled back to an older
 * snapshot, so coverage is a list: what the table holds from each snapshot on that datagen has added.
 */
const COVERAGE = 'datagen.coverage';
const DATASETS = 'datagen.datasets';
const GENERATION = 'datagen.generation';
const INCARNATION = 'datagen.incarnation';

/** How many snapshots the list goes back. */
const MOST_SNAPSHOTS = 50;

export interface TableCoverage {
  readonly coverage: DayCoverage;
  readonly datasets: readonly DatasetIdentity[];
  readonly generation: number;
  /** Absent where datagen did not make the table. */
  readonly incarnation?: string;
  /** Whether the table was rolled back further than the list goes, so that nobody knows what it holds. */
  readonly isForgotten: boolean;
}

interface CoveredSnapshot {
  /** A snapshot id, as text since it has 63 bits. */
  readonly snapshot: string;
  readonly sequence: number;
  /** As `coverageText` has them. */
  readonly days: Readonly<Record<string, unknown>>;
}

/** What a table holds now: what its newest snapshot of datagen says that its current one descends from. */
export function coverageIn(name: string, metadata: TableMetadata): TableCoverage {
  const { properties } = metadata;
  const listed = listIn(name, properties, COVERAGE) as readonly CoveredSnapshot[];
  const counted = listed.findLast((each) => isAncestor(metadata, listed, each));
  // Files of snapshots that were rolled back go when those expire, so no new file may take their paths.
  const isRolledBack = counted !== listed.at(-1);
  const incarnation = properties[INCARNATION];
  return {
    coverage: parseCoverage(JSON.stringify(counted?.days ?? {})),
    datasets: listIn(name, properties, DATASETS) as readonly DatasetIdentity[],
    generation: Number(properties[GENERATION] ?? 0) + (isRolledBack ? 1 : 0),
    ...(incarnation !== undefined && { incarnation }),
    isForgotten: counted === undefined && listed.length === MOST_SNAPSHOTS,
  };
}

/** The properties of a table from a change on, which adds a snapshot. */
export function coverageProperties(
  { table, base, coverage, datasets, generation }: TableChange,
  metadata: TableMetadata,
  snapshot: Pick<Snapshot, 'snapshot-id' | 'sequence-number'>,
): Readonly<Record<string, string>> {
  const before = listIn(table.name, metadata.properties, COVERAGE) as readonly CoveredSnapshot[];
  const added: CoveredSnapshot = {
    snapshot: String(snapshot['snapshot-id']),
    sequence: snapshot['sequence-number'],
    days: JSON.parse(coverageText(coverage)) as CoveredSnapshot['days'],
  };
  const listed = [...before, added].slice(-MOST_SNAPSHOTS);
  // A rollback brings back datasets that are not in the table now.
  const digests = new Set(listed.flatMap(({ days }) => Object.keys(days)));
  const known = new Map([...base.datasets, ...datasets].map((each) => [each.digest, each]));
  return {
    [COVERAGE]: JSON.stringify(listed),
    [DATASETS]: JSON.stringify([...known.values()].filter(({ digest }) => digests.has(digest))),
    [GENERATION]: String(generation),
    [INCARNATION]: base.incarnation,
  };
}

/**
 * Whether the current snapshot descends from one that datagen has added. Snapshots that have expired are not there any
 * more: one of them counts if it may lie before the oldest ancestor that is left, and nothing that is known lies in
 * between.
 */
function isAncestor(
  metadata: TableMetadata,
  listed: readonly CoveredSnapshot[],
  { snapshot, sequence }: CoveredSnapshot,
): boolean {
  const left = new Map(metadata.snapshots.map((each) => [each['snapshot-id'], each]));
  const id = BigInt(snapshot);
  let oldest: Snapshot | undefined;
  let next = metadata['current-snapshot-id'];
  while (next !== undefined && left.has(next)) {
    if (next === id) return true;
    oldest = left.get(next);
    next = oldest?.['parent-snapshot-id'];
  }
  if (next === id) return true;
  // It is there, but not an ancestor; or the history is complete.
  if (left.has(id) || oldest === undefined || isFirst(oldest)) return false;
  const parent = listed.find((each) => each.snapshot === String(next));
  return sequence < oldest['sequence-number'] && (parent === undefined || sequence < parent.sequence);
}

/**
 * Whether nothing came before a snapshot: the first one of a table, or of a table that has replaced it. pyiceberg takes the
 * parent off a snapshot when that expires; such a one holds files that it has not added itself.
 */
function isFirst({
  'parent-snapshot-id': parent,
  'sequence-number': sequence,
  summary = { operation: 'append' },
}: Snapshot): boolean {
  if (parent !== undefined) return false;
  const {
    'added-data-files': added = '0',
    'deleted-data-files': deleted,
    'total-data-files': total,
  } = summary;
  return sequence <= 1 || (deleted === undefined && total === added);
}

function listIn(name: string, properties: TableMetadata['properties'], key: string): readonly unknown[] {
  try {
    return JSON.parse(properties[key] ?? '[]') as unknown[];
  } catch (thrown) {
    throw tableConflict(
      `The property ${key} of ${name} cannot be read, so nobody knows what the table holds: ${reasonOf(thrown)}. Restore it, or choose another output.`,
      { table: name, property: key },
    );
  }
}
