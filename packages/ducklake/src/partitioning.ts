import {
  calendarComponents,
  DatagenError,
  type PartitionComponent,
  type TableDefinition,
  type TimeUnit,
  typeNameOf,
} from '@datagen/core/writer';

/** One key of a partition: a column, and what is taken of its values (specification, "Partition Transforms"). */
export interface PartitionKey {
  readonly column: string;
  readonly transform: 'identity' | Exclude<TimeUnit, 'week'>;
}

/** DuckLake's units, each of which says no more than its own number: `month` is the month of a year. */
const UNITS = ['year', 'month', 'day', 'hour'] as const;

const isUnit = (name: string): name is (typeof UNITS)[number] => UNITS.some((unit) => unit === name);

/**
 * The keys that components of a partitioning stand for: a unit of time is written with its parents, so that January 2025
 * and January 2026 are two partitions. Refuses weeks, which DuckLake has not, and columns whose values it may write in
 * another way.
 */
export function partitionKeysOf(
  table: TableDefinition,
  components: readonly string[],
): readonly PartitionKey[] {
  const keys: PartitionKey[] = [];
  let said = 0;
  for (const name of components) {
    if (name === 'week')
      throw cannotPartition(table, name, 'DuckLake has no weeks. Use `day`, or `month` for larger files');
    if (isUnit(name)) {
      const until = UNITS.indexOf(name) + 1;
      for (; said < until; said++)
        keys.push({ column: table.timeColumn ?? '', transform: UNITS[said] ?? 'year' });
      continue;
    }
    const field = table.schema.fields.find((candidate) => candidate.name === name);
    const type = field === undefined ? '' : typeNameOf(field);
    if (!['text', 'int32', 'int64'].includes(type))
      throw cannotPartition(table, name, `it is a column of ${type}; use one of text or integers`);
    keys.push({ column: name, transform: 'identity' });
  }
  return keys;
}

/** The values of a file's partition, one for each key: numbers of the calendar without leading zeros, or the column's. */
export function partitionValuesOf(partition: readonly PartitionComponent[]): readonly (string | null)[] {
  return calendarComponents(partition).map(([, value]) => (value === null ? null : String(value)));
}

function cannotPartition(table: TableDefinition, name: string, reason: string): DatagenError {
  return new DatagenError('INVALID_OPTION', `Cannot partition \`${table.name}\` by \`${name}\`: ${reason}.`, {
    details: { option: 'partitionBy', table: table.name, column: name },
  });
}
