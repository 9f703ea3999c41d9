import { DatagenError } from '@datagen/core/writer';
import type { TableMetadata } from '../table-metadata.ts';

/** A table while updates are applied to it. */
export interface Draft {
  readonly metadata: TableMetadata;
  /** The ids of what was added last, which `LAST_ADDED` stands for. */
  readonly lastSchemaId?: number;
  readonly lastSpecId?: number;
  readonly lastOrderId?: number;
  /** The snapshots that updates before have added. */
  readonly added: ReadonlySet<bigint>;
}

export function changed({ metadata }: Draft, changes: Partial<TableMetadata>): Partial<Draft> {
  return { metadata: { ...metadata, ...changes } };
}

export function without<V>(record: Readonly<Record<string, V>>, keys: readonly string[]): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

export function cannot(reason: string): DatagenError {
  return new DatagenError('INVALID_OPTION', `Cannot change the table's metadata: ${reason}.`);
}
