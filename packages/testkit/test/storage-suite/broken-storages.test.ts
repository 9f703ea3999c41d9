import { MemoryStorage, type Storage, type WriteOptions } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { storageChecks } from '../../src/index.ts';

type Break = (storage: Storage) => Partial<Storage>;

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk);
  return kept;
}

async function* again(chunks: readonly Uint8Array[]) {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** For each check, a storage that breaks just what it looks at. */
const BROKEN: Readonly<Record<string, Break>> = {
  'gives back what was written, whole and in ranges from either end': (storage) => ({
    // Keeps the memory of chunks, which is used again.
    write: async (path, chunks) => storage.write(path, again(await bytesOf(chunks))),
  }),
  'keeps empty files': (storage) => ({
    list: async (folder) => (await storage.list(folder)).filter(({ byteSize }) => byteSize > 0),
  }),
  'lists the files below a folder in order, with sizes, and nothing where there is no folder': (storage) => ({
    list: async (folder) => (await storage.list('')).filter(({ path }) => path.startsWith(folder)),
  }),
  'lists more files than one answer of an object store holds': (storage) => ({
    list: async (folder) => (await storage.list(folder)).slice(0, 1_000),
  }),
  'takes any name': (storage) => ({
    read: (path, ...range) =>
      storage.read(decodeURIComponent(path.replace(/%(?![0-9A-F]{2})/g, '%25')), ...range),
  }),
  'puts a file whole or not at all': (storage) => ({
    write: async (path, chunks, options) => {
      const kept: Uint8Array[] = [];
      try {
        for await (const chunk of chunks) kept.push(new Uint8Array(chunk));
        return await storage.write(path, again(kept), options);
      } catch (thrown) {
        await storage.write(path, again(kept));
        throw thrown;
      }
    },
  }),
  'replaces a file at once: a reader finds the old one or the new one': (storage) => ({
    write: async (path, chunks, options) => {
      const kept: Uint8Array[] = [];
      for await (const chunk of chunks) kept.push(new Uint8Array(chunk));
      if (options?.ifAbsent !== true) await storage.write(path, again([]));
      await new Promise((resolve) => setTimeout(resolve, 1));
      return storage.write(path, again(kept), options);
    },
  }),
  'creates a file once, whoever else tries at the same time, and tells the others': (storage) => ({
    write: async (path: string, chunks: AsyncIterable<Uint8Array>, options?: WriteOptions) => {
      if (options?.ifAbsent === true && (await storage.list('')).some((stored) => stored.path === path))
        return undefined;
      return storage.write(path, chunks);
    },
  }),
  'removes a file, and one that is not there': (storage) => ({
    remove: async (path) => {
      await storage.read(path);
      await storage.remove(path);
    },
  }),
  'says when a file was put': (storage) => ({
    list: async (folder) =>
      (await storage.list(folder)).map((stored) => ({
        ...stored,
        modifiedMs: Math.floor(stored.modifiedMs / 1e6) * 1e6,
      })),
  }),
  'names files as other programs do': () => ({ location: (path) => `file:///somewhere/${path}` }),
  'is opened again by its reference': (storage) => ({ ref: { ...storage.ref, options: 'memory:elsewhere' } }),
  'leaves nothing behind that was written or removed': (storage) => ({
    write: async (path, chunks, options) => {
      await storage.write(`${path}.tmp`, again([]));
      return storage.write(path, chunks, options);
    },
  }),
};

let count = 0;

function broken(overrides: Break): Storage {
  const storage = new MemoryStorage(`memory:broken-${String(count++)}`);
  return {
    uri: storage.uri,
    ref: storage.ref,
    list: (folder) => storage.list(folder),
    read: (...args) => storage.read(...args),
    location: (path) => storage.location(path),
    write: (...args) => storage.write(...args),
    remove: (path) => storage.remove(path),
    removeAbandoned: () => storage.removeAbandoned(),
    ...overrides(storage),
  };
}

describe('a storage that is broken', () => {
  it.each(storageChecks)('is found out: $name', async ({ name, run }) => {
    const overrides = BROKEN[name];
    expect(overrides).toBeDefined();
    // A check finds the fault itself, or hears of it from the storage.
    await expect(
      run({ name: 'broken', open: () => Promise.resolve(broken(overrides as Break)) }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(ERR_ASSERTION|STORAGE_FAILED)$/) });
  });
});
