import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import { type ColumnStatistics, DatagenError, isDatagenError, reasonOf } from '@datagen/core/writer';
import { type ColumnChunk, columnStatistics, type SchemaElement, typeTextOf } from './statistics.ts';
import type { TailKeeper } from './tail-keeper.ts';

/** What a Parquet file's footer says of it. */
export interface Footer {
  readonly rowCount: number;
  /** Bytes of the metadata, without the length and the magic word that end the file. */
  readonly footerSize: number;
  /** Byte offset of each row group. */
  readonly splitOffsets: readonly number[];
  /** Names and types in order, as `typeNameOf` of @datagen/core writes them. */
  readonly columnTypes: readonly (readonly [name: string, type: string])[];
  readonly columns: Readonly<Record<string, ColumnStatistics>>;
  /** The names of columns by their field ids, where the file has them. */
  readonly fieldIds: ReadonlyMap<number, string>;
  readonly keyValues: ReadonlyMap<string, string>;
}

/** Enough for the footer of a file of a few row groups. */
const FIRST_READ = 64 * 1024;
const MAGIC = 0x31524150;

/** Reads a footer from the end of a file; `readTail` gives the last bytes, at least as many as asked for if there are. */
export async function readFooter(
  path: string,
  readTail: (byteCount: number) => Promise<Uint8Array>,
): Promise<Footer> {
  try {
    let tail = await readTail(FIRST_READ);
    const size = footerSizeOf(tail);
    if (size + 8 > tail.byteLength) tail = await readTail(size + 8);
    return parseFooter(tail);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** The footer of a file whose bytes have just passed; undefined where not all of it was kept. */
export function keptFooter(path: string, kept: TailKeeper): Footer | undefined {
  try {
    const size = footerSizeOf(kept.last(8) ?? new Uint8Array());
    const tail = kept.last(size + 8);
    return tail && parseFooter(tail);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): DatagenError {
  if (isDatagenError(cause)) return cause;
  return new DatagenError('ENCODE_FAILED', `Cannot read the footer of ${path}: ${reasonOf(cause)}`, {
    cause,
    details: { path },
  });
}

function footerSizeOf(tail: Uint8Array): number {
  const view = viewOf(tail);
  if (tail.byteLength < 8 || view.getUint32(tail.byteLength - 4, true) !== MAGIC) {
    throw new Error('expected the file to end in PAR1, so it is no whole Parquet file');
  }
  return view.getUint32(tail.byteLength - 8, true);
}

/** The fields of parquet.thrift that are used, under their numbers. */
interface FileMetaData {
  readonly field_2: readonly SchemaElement[];
  readonly field_3: bigint;
  readonly field_4?: readonly RowGroup[];
  readonly field_5?: readonly { readonly field_1: Uint8Array; readonly field_2?: Uint8Array }[];
  readonly field_7?: readonly unknown[];
}

interface RowGroup {
  readonly field_1: readonly { readonly field_3: ColumnChunk }[];
}

function parseFooter(tail: Uint8Array): Footer {
  const footerSize = footerSizeOf(tail);
  const file = deserializeTCompactProtocol({
    view: viewOf(tail),
    offset: tail.byteLength - 8 - footerSize,
  }) as unknown as FileMetaData;
  const [, ...elements] = file.field_2;
  const rowGroups = file.field_4 ?? [];
  // Without column_orders the meaning of minimum and maximum is undefined (parquet.thrift, ColumnOrder).
  const isOrdered = file.field_7 !== undefined;
  const named = elements.map((element, i) => {
    const chunks = rowGroups.map((group) => (group.field_1[i] as (typeof group.field_1)[number]).field_3);
    return { name: textOf(element.field_4), element, chunks };
  });
  return {
    rowCount: Number(file.field_3),
    footerSize,
    splitOffsets: rowGroups.map((_, i) =>
      Math.min(...named.map(({ chunks }) => startOf(chunks[i] as ColumnChunk))),
    ),
    columnTypes: named.map(({ name, element }) => [name, typeTextOf(element)] as const),
    columns: Object.fromEntries(
      named.map(({ name, element, chunks }) => [name, columnStatistics(element, chunks, isOrdered)]),
    ),
    fieldIds: new Map(
      named.flatMap(({ name, element: { field_9: id } }) => (id === undefined ? [] : [[id, name] as const])),
    ),
    keyValues: new Map(file.field_5?.map(({ field_1: key, field_2: value }) => [textOf(key), textOf(value)])),
  };
}

/** A chunk starts with its dictionary page, if it has one. */
function startOf({ field_9: dataPage, field_11: dictionaryPage }: ColumnChunk): number {
  return Number(dictionaryPage !== undefined && dictionaryPage < dataPage ? dictionaryPage : dataPage);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}
