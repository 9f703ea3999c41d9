import type { TableRequirement, TableUpdate } from '../../metadata/index.ts';
import type { TableChange, TableIdentifier } from '../catalog.ts';
import { createUpdates } from './create-updates.ts';
import { serverErrorOf } from './problems.ts';

/** One table's part of a commit (REST specification, "CommitTableRequest"). */
export interface TableRequest {
  readonly identifier: TableIdentifier;
  readonly requirements: readonly TableRequirement[];
  readonly updates: readonly TableUpdate[];
}

/** What a change asks of a server; of a staged table, all that makes it. */
export function commitRequest({ identifier, base, requirements, updates }: TableChange): TableRequest {
  if (base.metadataLocation !== undefined) return { identifier, requirements, updates };
  return {
    identifier,
    // The rest is required of a table that is there.
    requirements: [{ type: 'assert-create' }],
    updates: [...createUpdates(base.metadata), ...updates],
  };
}

/** Several tables at once (REST specification, "CommitTransactionRequest"). */
export function transactionRequest(requests: readonly TableRequest[]): object {
  return { 'table-changes': requests };
}

/** Why a server did not make a change, as the end of a sentence. */
export function conflictOf(body: unknown): string {
  const { message = 'somebody else was first' } = serverErrorOf(body);
  return message.replace(/[.\s]+$/, '');
}
