import { type DataType, Field, Schema, Table, tableToIPC, Utf8 } from 'apache-arrow';
import {
  columnKindOf,
  type Compression,
  DatagenError,
  type DatasetIdentity,
  type FileIdentity,
  type FileLimit,
  type ModuleRef,
  option,
  type Sentence,
  sentence,
  type Storage,
  type TableDefinition,
  tagOf,
} from '@datagen/core/writer';
import type { EncodeSettings } from '../encoders/encoder.ts';
import { fileRowsFor, rowGroupRowsFor } from '../encoders/limits.ts';
import { type EncoderName, loadEncoder } from '../encoders/load.ts';
import type { DataFileConfig } from './config.ts';
import { DATASET_KEY } from './dataset-metadata.ts';

type PartitionFolders = 'components' | 'calendar' | 'none';

export interface DataFileOptions {
  readonly table: TableDefinition;
  readonly storage: Storage;
  /** The table's folder in the storage. */
  readonly folder: string;
  readonly dataset: DatasetIdentity;
  readonly compression: Compression;
  readonly encoder: EncoderName;
  /** Of zstd (1 to 22) and gzip (0 to 10), where the encoder heeds it. */
  readonly level?: number;
  /** The most rows of a row group. */
  readonly rowGroupRows: number;
  /** @default 'modern' */
  readonly encodings?: DataFileConfig['encodings'];
  /**
   * Columns that the file leaves out because its folders say them.
   * @default []
   */
  readonly omittedColumns?: readonly string[];
  /**
   * Whether the data files that are returned have the statistics of their columns.
   * @default true
   */
  readonly statistics?: boolean;
  /**
   * Whether the folders of partitions are those of the components, `month=2026-01`, or the numbers of the calendar that
   * DuckDB writes, `year=2026/month=1`; or there are none, and no `%` in names. Without folders `identity` has to tell
   * partitionings of a table apart.
   * @default 'components'
   */
  readonly partitionFolders?: PartitionFolders;
  /** The field id of each column; by default they count from 1. */
  readonly fieldIds?: ReadonlyMap<string, number>;
  /** Of a table format: enters the tag in the file's name. A file with a tag is created, never replaced. */
  readonly identity?: FileIdentity;
}

/** The options of a table's data files as plain data, which crosses threads, with what follows from them. */
export interface PlainOptions {
  readonly schema: Uint8Array;
  readonly storage: ModuleRef;
  readonly folder: string;
  readonly dataset: DatasetIdentity;
  readonly encoder: EncoderName;
  readonly settings: EncodeSettings;
  readonly fileLimit: FileLimit;
  readonly tag?: string;
  readonly timeColumn?: string;
  readonly statistics: boolean;
  readonly partitionFolders: PartitionFolders;
}

/**
 * Refuses columns that a file cannot hold, a compression that the encoder lacks, and an encoder whose package is not
 * installed; else the options as plain data.
 */
export async function plainOptionsOf(options: DataFileOptions): Promise<PlainOptions> {
  const { table, storage, folder, dataset, encoder, compression, level, rowGroupRows } = options;
  const { omittedColumns = [], encodings = 'modern', statistics = true } = options;
  const { partitionFolders = 'components', fieldIds } = options;
  const { compressions, levels, limits, version } = await loadEncoder(encoder);
  if (!compressions.includes(compression)) {
    throw new DatagenError(
      'INVALID_OPTION',
      `The encoder "${encoder}" cannot compress with ${compression}. Use one of ${compressions.join(', ')}, or the encoder "wasm".`,
      { details: { option: 'compression', encoder, compression } },
    );
  }
  if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Expected ${option('rowGroupRows')} to be a whole number from 1 on, got ${String(rowGroupRows)}.`,
      { details: { option: 'rowGroupRows' } },
    );
  }
  if (level !== undefined) refuseLevel(level, compression, levels ? undefined : encoder);
  const kept = table.schema.fields
    .map((field, position) => {
      const id = fieldIds?.get(field.name) ?? position + 1;
      return { field, written: writtenField(field, id) };
    })
    .filter(({ field }) => !omittedColumns.includes(field.name));
  const schema = new Schema(kept.map(({ written }) => written));
  const namesOf = (isChosen: (field: Field) => boolean) =>
    kept.filter(({ field }) => isChosen(field)).map(({ field }) => field.name);
  const isClassic = encodings === 'classic';
  const distinct = namesOf(({ metadata }) => metadata.get('distinct') === 'true');
  const wide = namesOf((field) => ['int64', 'instant'].includes(columnKindOf(field)));
  // What a file's folders say is the same on all its rows: they are sorted by the rest. Of that the first column alone is
  // named: polars up to 1.30 takes each named column for sorted by itself, and computes wrongly.
  const [sortedBy] = (table.sortedBy ?? []).filter((name) => !omittedColumns.includes(name));
  const settings: EncodeSettings = {
    compression,
    ...(level !== undefined && { level }),
    rowGroupRows: rowGroupRowsFor(schema, rowGroupRows, limits),
    classic: isClassic,
    deltas: isClassic ? [] : wide,
    ...(sortedBy !== undefined && { sortedBy }),
    withoutDictionary: isClassic ? [...new Set([...distinct, ...wide])] : distinct,
    keyValue: { key: DATASET_KEY, value: JSON.stringify(dataset) },
  };
  const { timeColumn } = table;
  const { identity } = options;
  const columns = kept.map(
    ({ written }) => `${String(written)} ${written.metadata.get('PARQUET:field_id') ?? ''}`,
  );
  return {
    schema: tableToIPC(new Table(schema)),
    storage: storage.ref,
    folder,
    dataset,
    encoder,
    settings,
    fileLimit: {
      rowCount: fileRowsFor(schema, settings.rowGroupRows, limits),
      reason: limitReason(encoder, settings.rowGroupRows, limits.fileBytes),
    },
    ...(timeColumn !== undefined && schema.names.includes(timeColumn) && { timeColumn }),
    statistics,
    partitionFolders,
    ...(identity && { tag: tagOf({ encoder, version, settings, columns, identity }) }),
  };
}

function limitReason(encoder: EncoderName, rowGroupRows: number, fileBytes: number | undefined): Sentence {
  const bytes = fileBytes === undefined ? '' : ' and 4 GiB';
  const other = encoder === 'native' ? '' : sentence`, or use ${option('encoder', 'native')}`;
  return sentence`a file of the encoder "${encoder}" has at most 32,767 row groups of ${rowGroupRows} rows${bytes}. Choose larger ${option('rowGroupRows')}${other}.`;
}

const LEVELS: Partial<Record<Compression, readonly [number, number]>> = { zstd: [1, 22], gzip: [0, 10] };

function refuseLevel(level: number, compression: Compression, unable: EncoderName | undefined): void {
  const [least, most] = LEVELS[compression] ?? [1, 0];
  if (unable === undefined && level >= least && level <= most) return;
  const expected =
    unable !== undefined
      ? sentence`the encoder "native" for a ${option('compressionLevel')}, got "${unable}"`
      : least > most
        ? sentence`zstd or gzip for a ${option('compressionLevel')}, got ${compression}`
        : sentence`a ${option('compressionLevel')} from ${String(least)} to ${String(most)} for ${compression}, got ${String(level)}`;
  throw new DatagenError('INVALID_OPTION', sentence`Expected ${expected}.`, {
    details: { option: 'compressionLevel', compression, level },
  });
}

/** Text is declared plain, because readers take a column's Arrow type from the file's Arrow schema. */
function writtenField(field: Field, fieldId: number): Field {
  const type = columnKindOf(field) === 'text' ? new Utf8() : (field.type as DataType);
  const metadata = new Map([['PARQUET:field_id', String(fieldId)]]);
  const doc = field.metadata.get('doc');
  if (doc !== undefined) metadata.set('doc', doc);
  return new Field(field.name, type, field.nullable, metadata);
}
