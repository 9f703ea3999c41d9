import {
  calendarComponents,
  type DataFile,
  DatagenError,
  dayOf,
  isTimeUnit,
  parseDay,
  type PartitionValue,
  type TableDefinition,
  type TimeUnit,
  typeNameOf,
} from '@datagen/core/writer';
import type { PartitionField, PartitionSpec, Schema, TableMetadata } from '../metadata/index.ts';
import type { PrimitiveValue } from '../values/primitive.ts';
import { parseTransform } from '../values/transforms.ts';
import { nextId } from './schema.ts';

/** One field of a partitioning that a run asks for: a column, and what is taken of its values. */
export interface PartitionKey {
  readonly column: string;
  readonly transform: 'identity' | Exclude<TimeUnit, 'week'>;
}

/** Partition fields are numbered from here (specification, "Partition Specs"). */
const FIRST_FIELD_ID = 1000;

/**
 * The fields that components of a partitioning stand for. Of units of time the finest alone is a field, since it says
 * those above it, and Java refuses two of them on one column. Refuses weeks, which Iceberg has not, hours of a column of
 * days, and columns whose values it may write in another way.
 */
export function partitionKeysOf(
  table: TableDefinition,
  components: readonly string[],
): readonly PartitionKey[] {
  const finest = components.filter(isTimeUnit).at(-1);
  return components
    .filter((name) => !isTimeUnit(name) || name === finest)
    .map((name): PartitionKey => {
      if (components.includes('week') && isTimeUnit(name))
        throw cannotPartition(table, 'week', 'Iceberg has no weeks. Use `day`, or `month` for larger files');
      const column = isTimeUnit(name) ? (table.timeColumn ?? '') : name;
      const type = typeOf(table, column);
      if (isTimeUnit(name)) {
        if (name === 'hour' && type === 'date')
          throw cannotPartition(table, name, `\`${column}\` holds days, which have no hours. Use \`day\``);
        return { column, transform: name as PartitionKey['transform'] };
      }
      if (!['text', 'int32', 'int64', 'date'].includes(type))
        throw cannotPartition(table, name, `it is a column of ${type}; use one of text, integers or days`);
      return { column, transform: 'identity' };
    });
}

/** The spec of a table that is to be made. */
export function specOf(schema: Schema, keys: readonly PartitionKey[]): PartitionSpec {
  return { 'spec-id': 0, fields: newFields(schema, keys, () => undefined, FIRST_FIELD_ID) };
}

/**
 * The spec that a table has for a partitioning: the default one where it fits, else an older one, which files may still
 * be of (specification, "Partition Evolution"); undefined where it has none.
 */
export function specIn(
  metadata: TableMetadata,
  schema: Schema,
  keys: readonly PartitionKey[],
): PartitionSpec | undefined {
  const ids = new Map(schema.fields.map(({ name, id }) => [name, id]));
  const asked = keys.map(({ column, transform }) => `${String(ids.get(column))} ${transform}`).join();
  const matches = metadata['partition-specs'].filter(
    ({ fields }) =>
      fields
        .filter(({ transform }) => transform !== 'void')
        .map((field) => `${String(field['source-id'])} ${field.transform}`)
        .join() === asked,
  );
  return matches.find((spec) => spec['spec-id'] === metadata['default-spec-id']) ?? matches.at(-1);
}

/** A spec for a table that gets another partitioning; a field that it has had keeps its id, as in Java. */
export function newSpec(
  metadata: TableMetadata,
  schema: Schema,
  keys: readonly PartitionKey[],
): PartitionSpec {
  const specs = metadata['partition-specs'];
  const known = specs.flatMap(({ fields }) => fields);
  const before = (sourceId: number, transform: string) =>
    known.find((field) => field['source-id'] === sourceId && field.transform === transform);
  return {
    'spec-id': nextId(specs.map((spec) => spec['spec-id'])),
    fields: newFields(schema, keys, before, Math.max(metadata['last-partition-id'] + 1, FIRST_FIELD_ID)),
  };
}

/** `ts_day, group`, for messages. */
export function partitioningText({ fields }: PartitionSpec, schema: Schema): string {
  const names = new Map(schema.fields.map(({ name, id }) => [id, name]));
  return fields
    .filter(({ transform }) => transform !== 'void')
    .map(({ transform, 'source-id': id }) => {
      const column = names.get(id) ?? `column ${String(id)}`;
      return transform === 'identity' ? column : `${transform}(${column})`;
    })
    .join(', ');
}

/**
 * The partition values of a data file, one for each field of a spec. Throws `INVALID_PLUGIN` for a file that holds
 * instants of two partitions, whose rows readers would skip.
 */
export function partitionValuesOf(
  { fields }: PartitionSpec,
  schema: Schema,
  table: TableDefinition,
  file: DataFile,
): readonly (PrimitiveValue | null)[] {
  const names = new Map(schema.fields.map(({ name, id }) => [id, name]));
  const calendar = new Map(calendarComponents(file.partition));
  return fields.map((field) => {
    const { transform } = field;
    if (transform === 'void') return null;
    const column = names.get(field['source-id']) ?? '';
    if (transform !== 'identity') return timeValue(transform, calendar, table, file);
    return valueOf(typeOf(table, column), calendar.get(column) ?? null);
  });
}

function timeValue(
  transform: string,
  calendar: ReadonlyMap<string, PartitionValue>,
  table: TableDefinition,
  { path, time }: DataFile,
): PrimitiveValue | null {
  const [year = 1970, month = 1, day = 1, hour = 0] = ['year', 'month', 'day', 'hour'].map((unit) => {
    const value = calendar.get(unit);
    return typeof value === 'number' ? value : undefined;
  });
  const micros = BigInt(Date.UTC(year, month - 1, day, hour)) * 1000n;
  const value = (at: bigint) => parseTransform(transform)?.apply('timestamptz', at) ?? null;
  const asked = value(micros);
  if (time === undefined || (value(time.minMicros) === asked && value(time.maxMicros) === asked))
    return asked;
  throw new DatagenError(
    'INVALID_PLUGIN',
    `${path} of \`${table.name}\` holds instants from ${isoText(time.minMicros)} to ${isoText(time.maxMicros)}, which lie in another ${transform} than its partition: its generator puts rows into a block of another time.`,
    { details: { table: table.name, path } },
  );
}

function valueOf(type: string, value: PartitionValue): PrimitiveValue | null {
  if (value === null) return null;
  if (type === 'int64') return BigInt(value);
  return type === 'date' ? dayOf(parseDay(String(value))) : value;
}

function newFields(
  schema: Schema,
  keys: readonly PartitionKey[],
  before: (sourceId: number, transform: string) => PartitionField | undefined,
  firstId: number,
): readonly PartitionField[] {
  const taken = new Set(schema.fields.map(({ name }) => name));
  let nextFieldId = firstId;
  return keys.map(({ column, transform }) => {
    const sourceId = schema.fields.find(({ name }) => name === column)?.id ?? 0;
    const known = before(sourceId, transform);
    if (known !== undefined) return known;
    // A field must not be called as a column is, unless it is that column.
    let name = transform === 'identity' ? column : `${column}_${transform}`;
    while (transform !== 'identity' && taken.has(name)) name += '_';
    return { name, transform, 'source-id': sourceId, 'field-id': nextFieldId++ };
  });
}

function typeOf(table: TableDefinition, column: string): string {
  const field = table.schema.fields.find(({ name }) => name === column);
  return field === undefined ? '' : typeNameOf(field);
}

function isoText(micros: bigint): string {
  return new Date(Number(micros / 1000n)).toISOString();
}

function cannotPartition(table: TableDefinition, name: string, reason: string): DatagenError {
  return new DatagenError('INVALID_OPTION', `Cannot partition \`${table.name}\` by \`${name}\`: ${reason}.`, {
    details: { option: 'partitionBy', table: table.name, column: name },
  });
}
