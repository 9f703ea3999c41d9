import assert from 'node:assert/strict';
import { importRef, isDatagenError, type Storage } from '@datagen/core/writer';
import type { Check } from '../runner.ts';

export interface StorageSuite {
  readonly name: string;
  /** An empty storage of its own for each check. */
  readonly open: () => Promise<Storage>;
  /** The bytes of the file that `location` names, by something that is not this storage; absent where nothing can. */
  readonly readLocation?: (location: string) => Promise<Uint8Array>;
  /**
   * How far the storage's clock may be from this one, in milliseconds.
   * @default 5,000
   */
  readonly clockMs?: number;
}

/** One thing that every storage must keep; throws where one does not. */
export type StorageCheck = Check<StorageSuite>;

/** Names that folders of partitions and files get from values, and what else a storage must not trip over. */
const NAMES = [
  'plain',
  'a b',
  '100%',
  '%41',
  'k=v',
  'a+b',
  'ümläut',
  '🎲',
  "it's",
  '#1?',
  'a&b',
  '[x]',
  'x~y',
];

async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(64);
  for (const text of texts) {
    // A chunk's memory is used again once the next one is asked for.
    const { written } = new TextEncoder().encodeInto(text, memory);
    yield await Promise.resolve(memory.subarray(0, written));
  }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const pathsIn = async (storage: Storage, folder: string) =>
  (await storage.list(folder)).map(({ path }) => path);

export const storageChecks: readonly StorageCheck[] = [
  {
    name: 'gives back what was written, whole and in ranges from either end',
    run: async ({ open }) => {
      const storage = await open();
      assert.equal(await storage.write('a/b/file.bin', chunksOf('hello ', 'world')), 11);
      const read = async (start?: number, end?: number) =>
        textOf(await storage.read('a/b/file.bin', start, end));
      assert.equal(await read(), 'hello world');
      assert.equal(await read(6), 'world');
      assert.equal(await read(2, 5), 'llo');
      assert.equal(await read(-5), 'world');
      assert.equal(await read(-50), 'hello world');
      assert.equal(await read(3, 3), '');
    },
  },
  {
    name: 'keeps empty files',
    run: async ({ open }) => {
      const storage = await open();
      assert.equal(await storage.write('empty', chunksOf()), 0);
      assert.equal((await storage.read('empty')).byteLength, 0);
      assert.equal((await storage.read('empty', -8)).byteLength, 0);
      assert.deepEqual(
        (await storage.list('')).map(({ path, byteSize }) => [path, byteSize]),
        [['empty', 0]],
      );
    },
  },
  {
    name: 'lists the files below a folder in order, with sizes, and nothing where there is no folder',
    run: async ({ open }) => {
      const storage = await open();
      for (const name of ['t/b=2/x', 't/a', 't2/y', 't/b=10/x'])
        await storage.write(name, chunksOf('1', '23'));
      const found = (await storage.list('t')).map(({ path, byteSize }) => [path, byteSize]);
      assert.deepEqual(found, [
        ['t/a', 3],
        ['t/b=10/x', 3],
        ['t/b=2/x', 3],
      ]);
      assert.deepEqual(await storage.list('none'), []);
    },
  },
  {
    name: 'lists more files than one answer of an object store holds',
    run: async ({ open }) => {
      const storage = await open();
      const names = Array.from({ length: 2_100 }, (_, i) => `many/${String(i).padStart(5, '0')}`);
      for (let at = 0; at < names.length; at += 50)
        await Promise.all(names.slice(at, at + 50).map((name) => storage.write(name, chunksOf('x'))));
      assert.deepEqual(await pathsIn(storage, 'many'), names);
    },
  },
  {
    name: 'takes any name',
    run: async ({ open }) => {
      const storage = await open();
      for (const name of NAMES) await storage.write(`t/${name}/${name}`, chunksOf(name));
      assert.deepEqual(await pathsIn(storage, 't'), NAMES.map((name) => `t/${name}/${name}`).sort());
      for (const name of NAMES) assert.equal(textOf(await storage.read(`t/${name}/${name}`)), name);
      for (const name of NAMES) await storage.remove(`t/${name}/${name}`);
      assert.deepEqual(await storage.list(''), []);
    },
  },
  {
    name: 'puts a file whole or not at all',
    run: async ({ open }) => {
      const storage = await open();
      await storage.write('kept', chunksOf('old'));
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield* chunksOf('half');
        assert.deepEqual(
          (await storage.list('')).map(({ path, byteSize }) => [path, byteSize]),
          [['kept', 3]],
        );
        throw new RangeError('no more rows');
      }
      for (const name of ['kept', 'new/file'])
        for (const ifAbsent of [false, true])
          await assert
            .rejects(storage.write(name, broken(), { ifAbsent }), (thrown) => {
              // A storage that knows already that the file is there need not read on.
              return (thrown as Error).message === 'no more rows';
            })
            .catch((thrown: unknown) => {
              if (!(ifAbsent && name === 'kept')) throw thrown;
            });
      assert.deepEqual(await pathsIn(storage, ''), ['kept']);
      assert.equal(textOf(await storage.read('kept')), 'old');
    },
  },
  {
    name: 'replaces a file at once: a reader finds the old one or the new one',
    run: async ({ open }) => {
      const storage = await open();
      const versions = ['a', 'b'].map((letter) => letter.repeat(60));
      await storage.write('x', chunksOf(versions[0] ?? ''));
      const progress = { isDone: false };
      const writing = (async () => {
        for (let i = 0; i < 40; i++) await storage.write('x', chunksOf(versions[i % 2] ?? ''));
        progress.isDone = true;
      })();
      while (!progress.isDone)
        assert.ok(versions.includes(textOf(await storage.read('x'))), 'a file that is neither');
      await writing;
    },
  },
  {
    name: 'creates a file once, whoever else tries at the same time, and tells the others',
    run: async ({ open }) => {
      const storage = await open();
      for (let round = 0; round < 5; round++) {
        const name = `_log/${String(round)}`;
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, i) =>
            storage.write(name, chunksOf(`writer ${String(i)}`), { ifAbsent: true }),
          ),
        );
        const winners = answers.flatMap((answer, i) => (answer === undefined ? [] : [i]));
        assert.equal(winners.length, 1, 'one writer wins');
        assert.equal(textOf(await storage.read(name)), `writer ${String(winners[0])}`);
        assert.equal(await storage.write(name, chunksOf('late'), { ifAbsent: true }), undefined);
        assert.equal(textOf(await storage.read(name)), `writer ${String(winners[0])}`);
      }
    },
  },
  {
    name: 'removes a file, and one that is not there',
    run: async ({ open }) => {
      const storage = await open();
      await storage.write('x', chunksOf('1'));
      await storage.remove('x');
      await storage.remove('x');
      assert.deepEqual(await storage.list(''), []);
      await assert.rejects(storage.read('x'), (thrown) => {
        return isDatagenError(thrown) && thrown.code === 'STORAGE_FAILED' && thrown.message.includes('x');
      });
    },
  },
  {
    name: 'says when a file was put',
    run: async ({ open, clockMs = 5_000 }) => {
      const storage = await open();
      const modified = async () => (await storage.list(''))[0]?.modifiedMs ?? Number.NaN;
      await storage.write('x', chunksOf('1'));
      const first = await modified();
      assert.ok(
        Math.abs(first - Date.now()) < clockMs,
        `expected about ${String(Date.now())}, got ${String(first)}`,
      );
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await storage.write('x', chunksOf('2'));
      assert.ok((await modified()) > first, 'a replaced file is younger');
    },
  },
  {
    name: 'names files as other programs do',
    run: async ({ open, readLocation }) => {
      const storage = await open();
      for (const name of ['plain', 'a b/100%/k=v']) {
        await storage.write(name, chunksOf(name));
        const location = storage.location(name);
        assert.ok(!location.startsWith('file:'), `expected a path or another URI, got ${location}`);
        if (readLocation !== undefined) assert.equal(textOf(await readLocation(location)), name);
      }
    },
  },
  {
    name: 'is opened again by its reference',
    run: async ({ open }) => {
      const storage = await open();
      await storage.write('x', chunksOf('1'));
      const reopen = await importRef<(options: unknown) => Storage>(storage.ref);
      assert.equal(textOf(await reopen(structuredClone(storage.ref.options)).read('x')), '1');
    },
  },
  {
    name: 'leaves nothing behind that was written or removed',
    run: async ({ open }) => {
      const storage = await open();
      await storage.write('t/x', chunksOf('1'));
      await storage.removeAbandoned();
      assert.deepEqual(await pathsIn(storage, ''), ['t/x']);
    },
  },
];
