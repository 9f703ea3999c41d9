import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { formatTableMetadata, parseTableMetadata } from './metadata-json.ts';
import type { TableMetadata } from './table-metadata.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);
const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** Of metadata files that are kept in `metadata-log`, where the table does not say it. */
const DEFAULT_PREVIOUS = 100;

/**
 * Where the next metadata of a table is put: `<version>-<uuid>.metadata.json`, in the folder that Java and pyiceberg would
 * choose. The version counts on from `previous`, the location of the metadata before.
 */
export function nextMetadataLocation(metadata: TableMetadata, previous: string | undefined): string {
  const { location, properties } = metadata;
  const folder = properties['write.metadata.path'] ?? `${withoutSlash(location)}/metadata`;
  const [, found] = /\/(\d+)-[^/]*$/.exec(previous ?? '') ?? [];
  const version = found === undefined ? 0 : Number(found) + 1;
  const ending = isCompressed(metadata) ? '.gz.metadata.json' : '.metadata.json';
  return `${withoutSlash(folder)}/${String(version).padStart(5, '0')}-${randomUUID()}${ending}`;
}

/**
 * Notes in a table's metadata where the metadata before it lies. `write.metadata.previous-versions-max` says how many are
 * noted; those that fall out of the log are `dropped`.
 */
export function withPrevious(
  metadata: TableMetadata,
  previous: { readonly location: string; readonly metadata: TableMetadata },
): { readonly metadata: TableMetadata; readonly dropped: readonly string[] } {
  const entry = {
    'metadata-file': previous.location,
    'timestamp-ms': previous.metadata['last-updated-ms'],
  };
  const log = [...metadata['metadata-log'], entry];
  const most = Number(metadata.properties['write.metadata.previous-versions-max'] ?? DEFAULT_PREVIOUS);
  const droppedCount = Math.max(0, log.length - Math.max(1, Number.isFinite(most) ? most : DEFAULT_PREVIOUS));
  return {
    metadata: { ...metadata, 'metadata-log': log.slice(droppedCount) },
    dropped: log.slice(0, droppedCount).map((dropped) => dropped['metadata-file']),
  };
}

/** The bytes of a metadata file, compressed where the table asks for it. */
export async function encodeMetadata(metadata: TableMetadata): Promise<Uint8Array> {
  const bytes = Buffer.from(formatTableMetadata(metadata));
  return isCompressed(metadata) ? compress(bytes) : bytes;
}

/** Reads the bytes of a metadata file, compressed or not; `source` is where it lies, for messages. */
export async function decodeMetadata(bytes: Uint8Array, source: string): Promise<TableMetadata> {
  const isGzip = GZIP_MAGIC.every((byte, i) => bytes[i] === byte);
  const plain = isGzip ? await decompress(bytes).catch(() => new Uint8Array()) : bytes;
  return parseTableMetadata(new TextDecoder().decode(plain), source);
}

function isCompressed({ properties }: TableMetadata): boolean {
  return properties['write.metadata.compression-codec']?.toLowerCase() === 'gzip';
}

function withoutSlash(location: string): string {
  return location.replace(/\/+$/, '');
}
