import type { Storage } from '@datagen/core/writer';
import { decompress } from './decompress.ts';
import type { Piece } from './pieces.ts';
import type { RowSyntax } from './row-syntax.ts';

const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** So many rows tell whether a piece began within quotes. */
const ROWS_THAT_TELL = 100;

/** The whole rows of a piece, which are parsed one by one. */
export class PieceRows {
  readonly piece: Piece;
  readonly #text: Buffer;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  private constructor(piece: Piece, text: Buffer) {
    this.piece = piece;
    this.#text = text;
  }

  static async read(storage: Storage, piece: Piece, syntax: RowSyntax): Promise<PieceRows> {
    const { file, start, end } = piece;
    const isWhole = start === 0 && end === file.byteSize;
    const text =
      end > start
        ? await decompress(file.path, await storage.read(file.path, start, end), isWhole)
        : Buffer.alloc(0);
    const rows = PieceRows.#split(piece, text, syntax, false);
    if (start === 0 || !syntax.hasLinesInQuotes || rows.#areRowsOf(syntax)) return rows;
    const inQuotes = PieceRows.#split(piece, text, syntax, true);
    return inQuotes.#areRowsOf(syntax) ? inQuotes : rows;
  }

  /** Takes the first row away, which names the columns; undefined where there is none. */
  takeHeader(): string | undefined {
    const header = this.rowCount === 0 ? undefined : this.row(0);
    this.#starts.shift();
    this.#ends.shift();
    return header;
  }

  get rowCount(): number {
    return this.#starts.length;
  }

  row(index: number): string {
    const [start, end] = [this.#starts[index], this.#ends[index]];
    return this.#text.toString('utf8', start, end);
  }

  /** From the first row on that begins in the piece, to the last one that ends in it. */
  static #split(piece: Piece, text: Buffer, syntax: RowSyntax, isInQuotes: boolean): PieceRows {
    const rows = new PieceRows(piece, text);
    const { file, start: pieceStart, end: pieceEnd } = piece;
    let start = pieceStart === 0 ? afterMark(text) : undefined;
    const add = (end: number) => {
      if (start !== undefined) {
        const rowEnd = end > start && text[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
        if (rowEnd > start || syntax.hasEmptyRows) {
          rows.#starts.push(start);
          rows.#ends.push(rowEnd);
        }
      }
      start = end + 1;
    };
    for (const end of syntax.rowEnds(text, isInQuotes)) add(end);
    if (pieceEnd === file.byteSize && start !== undefined && start < text.length) add(text.length);
    return rows;
  }

  #areRowsOf(syntax: RowSyntax): boolean {
    const count = Math.min(this.rowCount, ROWS_THAT_TELL);
    for (let i = 0; i < count; i++) if (syntax.cells(this.row(i)) === undefined) return false;
    return count > 0;
  }
}

function afterMark(text: Buffer): number {
  return text.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
}
