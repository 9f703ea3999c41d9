import {
  applyUpdates,
  checkRequirements,
  nextMetadataLocation,
  type TableRequirement,
  withPrevious,
} from '../../metadata/index.ts';
import { isApplied } from '../applied.ts';
import type { LoadedTable, TableChange } from '../catalog.ts';

/** A table as a change would leave it: what is put, and where, in the place of what. */
export interface Draft {
  readonly kind: 'draft';
  readonly table: LoadedTable;
  readonly location: string;
  /** Undefined for a table that is to be made. */
  readonly previous: string | undefined;
  /** Metadata files that the table asks to be removed, since its log does not name them any more. */
  readonly dropped: readonly string[];
}

/** What a change comes to: it was made already, cannot be made, or would be made by a draft. */
export type Attempt =
  | { readonly kind: 'applied'; readonly table: LoadedTable }
  | { readonly kind: 'conflict'; readonly conflict: string }
  | Draft;

/** Works out a change of a table as it is now. A table that moved in ways the requirements do not mind takes it, too. */
export function attemptOf(change: TableChange, current: LoadedTable | undefined): Attempt {
  const { base, requirements, updates } = change;
  const isNew = base.metadataLocation === undefined;
  if (current !== undefined && isApplied(current.metadata, change))
    return { kind: 'applied', table: current };
  const required: readonly TableRequirement[] = isNew ? [{ type: 'assert-create' }] : requirements;
  const conflict = checkRequirements(current?.metadata, required);
  if (conflict !== undefined) return { kind: 'conflict', conflict };
  const before = current ?? base;
  const updated = applyUpdates(before.metadata, updates);
  const location = nextMetadataLocation(updated, before.metadataLocation);
  const { metadataLocation: previous } = before;
  const { metadata, dropped } =
    previous === undefined
      ? { metadata: updated, dropped: [] }
      : withPrevious(updated, { location: previous, metadata: before.metadata });
  const removes = metadata.properties['write.metadata.delete-after-commit.enabled'] === 'true';
  return {
    kind: 'draft',
    table: { ...before, metadataLocation: location, metadata },
    location,
    previous,
    dropped: removes ? dropped : [],
  };
}
