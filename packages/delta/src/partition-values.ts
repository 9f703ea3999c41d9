import { isTimeUnit, type PartitionComponent } from '@datagen/core/writer';
import { isNumber } from './schema.ts';

/** The values of a file's partition as the log has them: text, numbers without leading zeros, null for null. */
export function partitionValuesOf(
  partition: readonly PartitionComponent[],
): Readonly<Record<string, string | null>> {
  const components = partition.map(([name]) => name);
  return Object.fromEntries(
    partition.map(([name, value]) => {
      if (value === null) return [name, null];
      return [name, isTimeUnit(name) && isNumber(name, components) ? String(Number(value)) : String(value)];
    }),
  );
}
