import type { ColumnStatistics, DataFile } from '@datagen/core/writer';
import type { AvroValue, DataFileRecord } from '../manifest/entry.ts';
import type { PartitionSpec, Schema } from '../metadata/index.ts';
import { lowerBound, upperBound } from '../values/bounds.ts';
import { primitiveType, type PrimitiveValue } from '../values/primitive.ts';

/** A data file as a manifest has it, with the metrics that its footer says ("Data File Fields"). */
export function dataFileRecord(
  file: DataFile,
  {
    uri,
    schema,
    spec,
    values,
    sortOrderId,
  }: {
    readonly uri: string;
    readonly schema: Schema;
    readonly spec: PartitionSpec;
    /** Of its partition. */
    readonly values: readonly (PrimitiveValue | null)[];
    readonly sortOrderId: number;
  },
): DataFileRecord {
  const { columns = {}, rowCount, byteSize, splitOffsets = [] } = file;
  const metrics = new Metrics();
  for (const { id, name, type } of schema.fields) {
    const statistics = columns[name];
    if (statistics !== undefined && typeof type === 'string') metrics.add(id, type, rowCount, statistics);
  }
  return {
    content: 0,
    file_path: uri,
    file_format: 'PARQUET',
    partition: Object.fromEntries(
      spec.fields.map((field, i) => [`f${String(field['field-id'])}`, (values[i] ?? null) as AvroValue]),
    ),
    record_count: rowCount,
    file_size_in_bytes: byteSize,
    ...metrics.maps,
    split_offsets: splitOffsets.length === 0 ? null : splitOffsets,
    sort_order_id: sortOrderId,
  };
}

type Pairs<T> = { readonly key: number; readonly value: T }[];

/** The metrics of a file's columns, by their ids. */
class Metrics {
  readonly maps = {
    column_sizes: [] as Pairs<number>,
    value_counts: [] as Pairs<number>,
    null_value_counts: [] as Pairs<number>,
    nan_value_counts: [] as Pairs<number>,
    lower_bounds: [] as Pairs<Uint8Array>,
    upper_bounds: [] as Pairs<Uint8Array>,
  };

  add(key: number, type: string, rowCount: number, statistics: ColumnStatistics): void {
    const { byteSize, nullCount, nanCount, min, max } = statistics;
    const { maps } = this;
    maps.column_sizes.push({ key, value: byteSize });
    maps.value_counts.push({ key, value: rowCount });
    if (nullCount !== undefined) maps.null_value_counts.push({ key, value: nullCount });
    const isFloating = type === 'double' || type === 'float';
    if (isFloating && nanCount !== undefined) maps.nan_value_counts.push({ key, value: nanCount });
    const low = boundOf(lowerBound, type, min);
    if (low !== undefined) maps.lower_bounds.push({ key, value: low });
    const high = boundOf(upperBound, type, max);
    if (high !== undefined) maps.upper_bounds.push({ key, value: high });
  }
}

/** A bound is of the table's type, to which the file's own may have been widened. */
function boundOf(
  bound: (type: string, value: PrimitiveValue) => Uint8Array | undefined,
  type: string,
  value: ColumnStatistics['min'],
): Buffer | undefined {
  if (value === undefined) return undefined;
  const widened = primitiveType(type).name === 'long' ? BigInt(value) : value;
  const bytes = bound(type, widened);
  return bytes && Buffer.from(bytes);
}
