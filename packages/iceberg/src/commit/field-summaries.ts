import type { FieldSummary } from '../manifest/manifest-list.ts';
import { singleValueBytes } from '../values/bounds.ts';
import type { PrimitiveValue } from '../values/primitive.ts';

/**
 * What the partitions of a manifest lie between, one summary for each field of its spec; readers skip whole manifests by
 * it. Types are those of the fields' values.
 */
export function fieldSummaries(
  types: readonly string[],
  partitions: readonly (readonly (PrimitiveValue | null)[])[],
): readonly FieldSummary[] {
  return types.map((type, i) => {
    let least: PrimitiveValue | undefined;
    let greatest: PrimitiveValue | undefined;
    let containsNull = false;
    for (const values of partitions) {
      const value = values[i] ?? null;
      if (value === null) containsNull = true;
      else {
        if (least === undefined || isLess(value, least)) least = value;
        if (greatest === undefined || isLess(greatest, value)) greatest = value;
      }
    }
    return {
      contains_null: containsNull,
      contains_nan: false,
      lower_bound: least === undefined ? null : Buffer.from(singleValueBytes(type, least)),
      upper_bound: greatest === undefined ? null : Buffer.from(singleValueBytes(type, greatest)),
    };
  });
}

/** Text is ordered by its UTF-8 bytes, not by JavaScript's UTF-16. */
function isLess(a: PrimitiveValue, b: PrimitiveValue): boolean {
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b as string)) < 0;
  return a < b;
}
