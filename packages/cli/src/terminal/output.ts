import type { TextStream } from './io.ts';
import { messageOf, withoutStop } from './text.ts';

/** A Node.js stream to write to, such as `process.stdout`. */
export type NodeOutput = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** A stream that takes no more text: closed by its reader, as `head` does when it has seen enough, or failed. */
export class OutputError extends Error {
  readonly isClosed: boolean;

  constructor(cause: unknown) {
    const code = codeOf(cause);
    super(`Cannot write to the standard output: ${REASONS[code] ?? withoutStop(messageOf(cause))}.`, {
      cause,
    });
    this.isClosed = CLOSED.includes(code);
  }
}

const CLOSED = ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'];

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  EIO: 'the device failed',
};

function codeOf(thrown: unknown): string {
  return String((thrown as NodeJS.ErrnoException | undefined)?.code);
}

/**
 * A Node.js stream as the command uses it. `change` has a last look at the text. A write that fails rejects with an
 * `OutputError`; `finish` waits for all of them and throws the first failure.
 */
export class Output implements TextStream {
  readonly #stream: NodeOutput;
  readonly #change: (text: string) => string;
  #last: Promise<void> = Promise.resolve();
  #failure: OutputError | undefined;

  constructor(stream: NodeOutput, change: (text: string) => string) {
    this.#stream = stream;
    this.#change = change;
    // A failed write says so to its callback; the event that comes with it would end the process.
    stream.on('error', ignore);
  }

  get isTTY(): boolean {
    return this.#stream.isTTY === true;
  }

  get columns(): number {
    return this.#stream.columns ?? 0;
  }

  write(text: string): Promise<void> {
    return this.writeBytes(this.#change(text));
  }

  writeBytes(bytes: Uint8Array | string): Promise<void> {
    const done = this.#failure === undefined ? this.#write(bytes) : Promise.reject(this.#failure);
    // Short texts are not waited for: `finish` does.
    done.catch(ignore);
    this.#last = done;
    return done;
  }

  async finish(): Promise<void> {
    await this.#last;
    this.#stream.removeListener('error', ignore);
  }

  #write(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (cause?: Error | null) => {
        if (cause) reject((this.#failure ??= new OutputError(cause)));
        else resolve();
      };
      try {
        this.#stream.write(bytes, end);
      } catch (cause) {
        // Files are written at once.
        end(cause as Error);
      }
    });
  }
}

function ignore(): void {
  // Kept by whoever waits.
}
