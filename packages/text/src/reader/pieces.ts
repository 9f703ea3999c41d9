import type { FolderFile } from '@datagen/core/writer';
import { codecOf } from '../rows/compress.ts';

/** So many bytes of text are read of a table at most, nearly; a table that has no more is read whole. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Of a larger table so many places, evenly over all of it. */
const PLACES = 25;
/** A guess of how many bytes of text a compressed byte holds. */
const RATIO = 8;

/** A part of a file, in bytes as they are stored. */
export interface Piece {
  readonly file: FolderFile;
  readonly start: number;
  readonly end: number;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Whether they are the whole table. */
  readonly isWhole: boolean;
}

/** What to read of a table. Compressed files are read from their beginning alone. */
export function piecesOf(files: readonly FolderFile[]): Pieces {
  const textBytes = files.reduce((sum, file) => sum + file.byteSize * ratioOf(file), 0);
  if (textBytes <= MOST_BYTES) {
    return { pieces: files.map((file) => ({ file, start: 0, end: file.byteSize })), isWhole: true };
  }
  const storedBytes = files.reduce((sum, { byteSize }) => sum + byteSize, 0);
  const pieces = new Map<string, Piece>();
  let before = 0;
  for (const file of files) {
    // A compressed file is one place, however many lie in it.
    const places = codecOf(file.path) === 'none' ? PLACES : Math.min(PLACES, files.length);
    const length = Math.ceil(MOST_BYTES / places / ratioOf(file));
    for (let i = 0; i < PLACES; i++) {
      const place = Math.floor(((i + 0.5) * storedBytes) / PLACES) - before;
      if (place < 0 || place >= file.byteSize) continue;
      // Places that lie near each other are one piece.
      const start = codecOf(file.path) === 'none' ? Math.floor(place / length) * length : 0;
      const end = Math.min(file.byteSize, start + length);
      pieces.set(`${file.path} ${String(start)}`, { file, start, end });
    }
    before += file.byteSize;
  }
  return { pieces: [...pieces.values()], isWhole: false };
}

function ratioOf({ path }: FolderFile): number {
  return codecOf(path) === 'none' ? 1 : RATIO;
}
