import { DatagenError, type MemoryStorage, type Storage, type WriteOptions } from '@datagen/core/writer';

/** What a run does to storage next, and how it goes on. */
interface Waiting {
  readonly pass: (crash: Crash | undefined) => void;
}

/** A process that dies: before what it asks of storage is done, or after it, so that only the answer is lost. */
export type Crash = 'before' | 'after';

/**
 * Storage as one run sees it: every call waits until the schedule lets it pass, and the schedule may end the run at any
 * call, as `kill -9` does.
 */
export class GatedStorage implements Storage {
  readonly uri: string;
  readonly ref;
  readonly waiting: Waiting[] = [];
  isDead = false;
  #arrived: (() => void) | undefined;
  readonly #storage: MemoryStorage;

  constructor(storage: MemoryStorage, name: string) {
    this.#storage = storage;
    this.uri = storage.uri;
    this.ref = { module: import.meta.url, export: 'openGated', options: name, thisThreadOnly: true };
    gated.set(name, this);
  }

  /** Resolves once a call waits. */
  get arrival(): Promise<void> {
    if (this.waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => (this.#arrived = resolve));
  }

  list(folder: string) {
    return this.#pass(() => this.#storage.list(folder));
  }

  read(path: string, start?: number, end?: number) {
    return this.#pass(() => this.#storage.read(path, start, end));
  }

  location(path: string): string {
    return this.#storage.location(path);
  }

  async write(path: string, chunks: AsyncIterable<Uint8Array>, options?: WriteOptions) {
    const pieces: Uint8Array[] = [];
    for await (const chunk of chunks) pieces.push(new Uint8Array(chunk));
    async function* collected() {
      yield* await Promise.resolve(pieces);
    }
    return this.#pass(() => this.#storage.write(path, collected(), options));
  }

  remove(path: string) {
    return this.#pass(() => this.#storage.remove(path));
  }

  removeAbandoned() {
    return this.#pass(() => this.#storage.removeAbandoned());
  }

  async #pass<T>(run: () => Promise<T>): Promise<T> {
    if (this.isDead) throw killed();
    const crash = await new Promise<Crash | undefined>((pass) => {
      this.waiting.push({ pass });
      this.#arrived?.();
      this.#arrived = undefined;
    });
    if (crash !== undefined) this.isDead = true;
    if (crash === 'before') throw killed();
    const result = await run();
    if (crash === 'after' || this.isDead) throw killed();
    return result;
  }
}

const gated = new Map<string, GatedStorage>();

/** What `ref` names. @public */
export function openGated(name: unknown): Storage {
  return gated.get(name as string) as GatedStorage;
}

/** Forgets the storages of a schedule. */
export function closeGated(): void {
  gated.clear();
}

function killed(): DatagenError {
  return new DatagenError('STORAGE_FAILED', 'killed');
}
