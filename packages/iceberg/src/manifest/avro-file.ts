import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';
import avro from 'avsc';
import { snappyUncompress } from 'hyparquet';
import { type AvroSchema, avroTypeOf } from './avro-type.ts';

/** What an object container file says in its header beside its records (Avro 1.11, "Object Container Files"). */
export interface AvroHeader {
  readonly schema: AvroSchema;
  readonly metadata: ReadonlyMap<string, string>;
}

const MAGIC = Buffer.from('Obj\u0001', 'latin1');
const SCHEMA = 'avro.schema';
const CODEC = 'avro.codec';
/** A block is full from here on, in bytes before compression. */
const BLOCK_BYTES = 1 << 20;

const HEADER = avro.Type.forSchema({
  type: 'record',
  name: 'header',
  fields: [
    { name: 'magic', type: { type: 'fixed', name: 'magic', size: 4 } },
    { name: 'meta', type: { type: 'map', values: 'bytes' } },
    { name: 'sync', type: { type: 'fixed', name: 'sync', size: 16 } },
  ],
});
const LONG = avro.Type.forSchema('long');

/** Puts records into a file whose blocks are compressed with deflate, and its schema into the header as it is given. */
export function encodeAvroFile(
  { schema, metadata }: AvroHeader,
  nameOf: (fieldId: number) => string,
  records: Iterable<unknown>,
): Uint8Array {
  const type = avroTypeOf(schema, nameOf);
  const sync = randomBytes(16);
  const meta: Record<string, Buffer> = {
    [SCHEMA]: Buffer.from(JSON.stringify(schema)),
    [CODEC]: Buffer.from('deflate'),
  };
  for (const [key, value] of metadata) meta[key] = Buffer.from(value);
  const parts = [HEADER.toBuffer({ magic: MAGIC, meta, sync })];
  let block: Buffer[] = [];
  let byteCount = 0;
  const endBlock = () => {
    if (block.length === 0) return;
    const data = zlib.deflateRawSync(Buffer.concat(block));
    parts.push(LONG.toBuffer(block.length), LONG.toBuffer(data.byteLength), data, sync);
    block = [];
    byteCount = 0;
  };
  for (const record of records) {
    const bytes = type.toBuffer(record);
    block.push(bytes);
    byteCount += bytes.byteLength;
    if (byteCount >= BLOCK_BYTES) endBlock();
  }
  endBlock();
  return Buffer.concat(parts);
}

/** Reads a file of records, whoever wrote it. Throws a plain `Error` that says what is wrong with it. */
export function decodeAvroFile(
  bytes: Uint8Array,
  nameOf: (fieldId: number) => string,
): { readonly header: AvroHeader; readonly records: readonly unknown[] } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 4).equals(MAGIC)) throw new Error('expected an Avro file, which begins with "Obj"');
  const { value, offset } = HEADER.decode(file) as {
    readonly value: { readonly meta: Readonly<Record<string, Buffer>>; readonly sync: Buffer };
    readonly offset: number;
  };
  if (offset < 0) throw new Error('its header is cut short');
  const metadata = new Map(Object.entries(value.meta).map(([key, text]) => [key, text.toString()]));
  const schema = JSON.parse(metadata.get(SCHEMA) ?? 'null') as AvroSchema | null;
  if (schema === null) throw new Error('its header has no schema');
  const type = avroTypeOf(schema, nameOf);
  const codec = metadata.get(CODEC) ?? 'null';
  const records: unknown[] = [];
  for (let at = offset; at < file.byteLength;) {
    const count = LONG.decode(file, at);
    const size = LONG.decode(file, count.offset);
    const start = size.offset;
    const end = start + (size.value as number);
    if (count.offset < 0 || start < 0 || !file.subarray(end, end + 16).equals(value.sync))
      throw new Error('a block of it is cut short or damaged');
    const data = uncompressed(codec, file.subarray(start, end));
    let position = 0;
    for (let left = count.value as number; left > 0; left--) {
      const record = type.decode(data, position) as { readonly value: unknown; readonly offset: number };
      if (record.offset < 0) throw new Error('a block of it is cut short or damaged');
      records.push(record.value);
      position = record.offset;
    }
    at = end + 16;
  }
  return { header: { schema, metadata }, records };
}

function uncompressed(codec: string, data: Buffer): Buffer {
  switch (codec) {
    case 'null':
      return data;
    case 'deflate':
      return zlib.inflateRawSync(data);
    case 'snappy':
      return unsnapped(data.subarray(0, -4));
    case 'zstandard': {
      // Node.js 22.15 and later have it.
      const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: (data: Buffer) => Buffer };
      if (zstdDecompressSync !== undefined) return zstdDecompressSync(data);
      throw new Error('it is compressed with zstandard, which needs Node.js 22.15 or newer');
    }
    default:
      throw new Error(`it is compressed with ${codec}; known are null, deflate, snappy and zstandard`);
  }
}

/** A block of snappy begins with its length, as a number of 7 bits a byte; four bytes of a checksum come after it. */
function unsnapped(data: Buffer): Buffer {
  let length = 0;
  let shift = 0;
  let at = 0;
  for (let byte = 0x80; byte >= 0x80; shift += 7) {
    byte = data[at++] ?? 0;
    length += (byte & 0x7f) * 2 ** shift;
  }
  const output = Buffer.alloc(length);
  snappyUncompress(data, output);
  return output;
}
