import { createHash } from 'node:crypto';

/**
 * The tag of a data file's name: 8 hex digits of the SHA-256 of everything but its blocks that decides its bytes or its
 * place in the table's life (encoder and its version, settings, schema with field ids, incarnation, generation). So
 * two files under one path are always the same bytes.
 */
export function tagOf(parts: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(parts)))
    .digest('hex')
    .slice(0, 8);
}

/** The same text for the same content, in whatever order it was put together. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
