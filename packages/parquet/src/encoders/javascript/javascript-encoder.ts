import type { FieldDefinition, OriginalType, ParquetCompression } from '@dsnp/parquetjs/dist/lib/declare.js';
import { type ParquetEnvelopeWriter, ParquetSchema, ParquetWriter } from '@dsnp/parquetjs';
import { type Data, DataType, type Field, type Schema } from 'apache-arrow';
import type { Compression } from '@datagen/core/writer';
import { type ColumnKind, columnKindOf } from '../../chunks/column-kind.ts';
import type { EncodeSettings, ParquetEncoder } from '../encoder.ts';
import { type Chunk, EVEN_CHUNKS } from '../../chunks/row-chunks.ts';

const CODECS: Readonly<Partial<Record<Compression, ParquetCompression>>> = {
  snappy: 'SNAPPY',
  gzip: 'GZIP',
  none: 'UNCOMPRESSED',
};

/** parquetjs keeps every value of a row group for its statistics: 262,144 rows of 14 columns took 750 MB, these 350 MB. */
const MOST_GROUP_ROWS = 65_536;

/** parquetjs: JavaScript alone, for places where WebAssembly may not run. Slower, without field ids and dictionary. */
export const javascriptEncoder: ParquetEncoder = {
  name: 'javascript',
  compressions: Object.keys(CODECS) as Compression[],
  fieldIds: false,
  dictionary: false,
  levels: false,
  sortingColumns: false,
  chunks: EVEN_CHUNKS,
  encode,
};

async function* encode(
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  settings: EncodeSettings,
): AsyncGenerator<Uint8Array> {
  const parquetSchema = new ParquetSchema(
    Object.fromEntries(schema.fields.map((field) => [field.name, definitionOf(field, settings.compression)])),
  );
  let pieces: Uint8Array[] = [];
  const sink = {
    write: (piece: Uint8Array, done: () => void) => {
      pieces.push(piece);
      done();
    },
    end: (done: () => void) => done(),
  };
  const writer = await ParquetWriter.openStream(parquetSchema, sink as never, {
    rowGroupSize: Math.min(settings.rowGroupRows, MOST_GROUP_ROWS),
    // Older readers know only the first page format; parquetjs marks pages as all null that are not in its page index.
    useDataPageV2: false,
    pageIndex: false,
  });
  const envelope = writer.envelopeWriter as ParquetEnvelopeWriter;
  const writeFooter = envelope.writeFooter.bind(envelope);
  envelope.writeFooter = (metadata) => {
    declareLogicalTypes(schema, parquetSchema);
    writeFooter(metadata);
  };
  writer.setMetadata(settings.keyValue.key, settings.keyValue.value);
  for await (const { rowCount, columns } of chunks) {
    const readers = schema.fields.map(
      (field, i) => [field.name, valueReader(field, columns[i] as Data)] as const,
    );
    for (let row = 0; row < rowCount; row++) {
      const record: Record<string, unknown> = {};
      for (const [name, read] of readers) record[name] = read(row);
      await writer.appendRow(record);
    }
    yield* pieces;
    pieces = [];
  }
  await writer.close();
  yield* pieces;
}

const TYPES: Readonly<Record<ColumnKind, NonNullable<FieldDefinition['type']>>> = {
  int32: 'INT32',
  int64: 'INT64',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  // Named in the footer by `declareLogicalTypes`.
  date: 'INT32',
  instant: 'INT64',
  decimal: 'INT64',
  text: 'UTF8',
};

function definitionOf(field: Field, compression: Compression): FieldDefinition {
  const kind = columnKindOf(field);
  const definition: FieldDefinition = {
    type: isWide(field) ? 'DECIMAL' : TYPES[kind],
    optional: field.nullable,
    compression: CODECS[compression],
  };
  // parquetjs orders text by UTF-16 and wide decimals as unsigned bytes, and keeps a leading NaN as minimum.
  if (kind === 'text' || kind === 'float64' || isWide(field)) definition.statistics = false;
  const type = field.type as DataType;
  if (DataType.isDecimal(type)) Object.assign(definition, { precision: type.precision, scale: type.scale });
  if (isWide(field)) definition.typeLength = 16;
  return definition;
}

/**
 * Days, instants and decimals are encoded as the whole numbers they are and get their meaning only in the footer:
 * parquetjs would refuse days and instants before 1970 and round decimals through doubles.
 */
function declareLogicalTypes(schema: Schema, parquetSchema: ParquetSchema): void {
  const types: Partial<Record<ColumnKind, OriginalType>> = {
    date: 'DATE',
    instant: 'TIMESTAMP_MICROS',
    decimal: 'DECIMAL',
  };
  for (const field of schema.fields) {
    const originalType = types[columnKindOf(field)];
    const written = parquetSchema.fields[field.name];
    if (written !== undefined && originalType !== undefined) written.originalType = originalType;
  }
}

/** Decimals of more than 18 digits do not fit 64 bits. */
function isWide(field: Field): boolean {
  const type = field.type as DataType;
  return DataType.isDecimal(type) && type.precision > 18;
}

/** Reads values of one column as parquetjs takes them; undefined is null. */
function valueReader(field: Field, column: Data): (row: number) => unknown {
  const read = plainReader(field, column.values as ArrayBufferView, column.valueOffsets as Int32Array);
  if (column.nullCount === 0) return read;
  const valid = column.nullBitmap;
  return (row) => (((valid[row >> 3] as number) >> (row & 7)) & 1 ? read(row) : undefined);
}

function plainReader(field: Field, values: ArrayBufferView, offsets: Int32Array): (row: number) => unknown {
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  switch (columnKindOf(field)) {
    case 'boolean':
      return (row) => (((bytes[row >> 3] as number) >> (row & 7)) & 1) === 1;
    case 'text':
      // parquetjs copies bytes, so a view is enough.
      return (row) => bytes.subarray(offsets[row], offsets[row + 1]);
    case 'decimal': {
      // Little-endian in Arrow, big-endian in Parquet.
      if (isWide(field)) return (row) => bytes.slice(row * 16, row * 16 + 16).reverse();
      const words = new BigInt64Array(buffer, byteOffset, byteLength / 8);
      return (row) => words[row * 2];
    }
    case 'int32':
    case 'int64':
    case 'float64':
    case 'date':
    case 'instant': {
      const numbers = values as Int32Array;
      return (row) => numbers[row];
    }
  }
}
