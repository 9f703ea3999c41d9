import type { ColumnStatistics, ReadValue } from '@datagen/core/writer';
import { RecordBatchReader } from 'apache-arrow';
import { furthest, isLess } from '../data-file/footer/statistics.ts';
import type { Footer } from '../data-file/footer/footer.ts';
import type { ListedColumn, ListedTable } from './listed-table.ts';
import { partitionValueOf, readBoundOf } from './read-values.ts';
import type { OpenedFile } from './table-files.ts';

/** A column of a table, and how its files have it. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly doc?: string;
  /** Its name in a file; undefined where the file lacks it. */
  nameIn(file: OpenedFile): string | undefined;
}

/** What all files together say of a column. */
export interface TableStatistics {
  readonly nullCount?: number;
  readonly min?: ReadValue;
  readonly max?: ReadValue;
}

/** The columns of a table: those of its catalog, or all that its files and their folders have. */
export function columnsOf(listed: ListedTable, files: readonly OpenedFile[]): readonly TableColumn[] {
  const types = new Map<string, string>();
  for (const { footer } of files) {
    for (const [name, type] of footer.columnTypes) if (!types.has(name)) types.set(name, type);
  }
  const [newest] = files.slice(-1);
  const docs = newest === undefined ? new Map<string, string>() : docsIn(newest.footer);
  const partitioned = new Set(files.flatMap(({ partition = {} }) => Object.keys(partition)));
  const names = new Set([...types.keys(), ...partitioned]);
  const found: readonly ListedColumn[] = listed.columns ?? [...names].map((name) => ({ name }));
  return found.map((column) => {
    const { name, fieldId } = column;
    const former =
      fieldId === undefined ? undefined : files.map(({ footer }) => footer.fieldIds.get(fieldId));
    const type = column.type ?? types.get(name) ?? types.get(former?.find((each) => each) ?? '') ?? 'text';
    const doc = column.doc ?? docs.get(name);
    return {
      name,
      type,
      ...(doc !== undefined && doc !== '' && { doc }),
      nameIn: ({ footer }) => {
        const byId = fieldId === undefined ? undefined : footer.fieldIds.get(fieldId);
        if (byId !== undefined) return byId;
        return name in footer.columns ? name : undefined;
      },
    };
  });
}

/** Merges what files say of a column: a bound is there only where every file with values of it has one. */
export function statisticsOf(column: TableColumn, files: readonly OpenedFile[]): TableStatistics {
  const stated = files.filter(({ rowCount }) => rowCount > 0).map((file) => statisticsIn(column, file));
  const nullCounts = stated.map(({ nullCount }) => nullCount).filter((count) => count !== undefined);
  const withValues = stated.filter(({ hasValues }) => hasValues);
  const min = furthest(
    withValues.map((each) => each.min),
    isLess,
  );
  const max = furthest(
    withValues.map((each) => each.max),
    (a, b) => isLess(b, a),
  );
  return {
    ...(nullCounts.length === stated.length && { nullCount: nullCounts.reduce((a, b) => a + b, 0) }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

interface FileStatistics extends TableStatistics {
  readonly hasValues: boolean;
}

/** What one file says of a column. */
export function statisticsIn(column: TableColumn, file: OpenedFile): FileStatistics {
  const { rowCount, partition, footer } = file;
  const text = partition?.[column.name];
  if (text !== undefined) {
    const value = partitionValueOf(column.type, text);
    return value === null
      ? { nullCount: rowCount, hasValues: false }
      : { nullCount: 0, hasValues: true, min: value, max: value };
  }
  const name = column.nameIn(file);
  if (name === undefined) return { nullCount: rowCount, hasValues: false };
  const { nullCount, min, max }: Partial<ColumnStatistics> = footer.columns[name] ?? {};
  const low = readBoundOf(column.type, min);
  const high = readBoundOf(column.type, max);
  return {
    hasValues: nullCount !== rowCount,
    ...(nullCount !== undefined && { nullCount }),
    ...(low !== undefined && { min: low }),
    ...(high !== undefined && { max: high }),
  };
}

/** The docs of columns, which our files keep in the schema of Arrow that they hold. */
function docsIn({ keyValues }: Footer): ReadonlyMap<string, string> {
  const encoded = keyValues.get('ARROW:schema');
  if (encoded === undefined) return new Map();
  try {
    const { schema } = RecordBatchReader.from(Buffer.from(encoded, 'base64')).open();
    return new Map(schema.fields.map(({ name, metadata }) => [name, metadata.get('doc') ?? '']));
  } catch {
    // Of another engine, in a form that this library does not know: docs are no reason to fail.
    return new Map();
  }
}
