import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { importRef } from '../../src/writer/index.ts';
import { openStorage, type Storage } from '../../src/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'datagen-storage-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

// eslint-disable-next-line @typescript-eslint/require-await -- an async generator is what a storage takes
async function* chunksOf(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe.each([
  ['local', () => openStorage(path.join(folder, 'root'))],
  ['memory', () => openStorage(`memory:${folder}`)],
])('%s storage', (_, open) => {
  it('gives back what was written, whole and in ranges', async () => {
    const storage = open();
    expect(await storage.write('a/b/file.bin', chunksOf('hello ', 'world'))).toBe(11);
    expect(textOf(await storage.read('a/b/file.bin'))).toBe('hello world');
    expect(textOf(await storage.read('a/b/file.bin', 6))).toBe('world');
    expect(textOf(await storage.read('a/b/file.bin', 2, 5))).toBe('llo');
    expect(textOf(await storage.read('a/b/file.bin', -5))).toBe('world');
    expect(textOf(await storage.read('a/b/file.bin', -50))).toBe('hello world');
    expect(textOf(await storage.read('a/b/file.bin', 3, 3))).toBe('');
  });

  it('lists files below a folder in order, and nothing where there is none', async () => {
    const storage = open();
    for (const name of ['t/b=2/x', 't/a', 't2/y', 't/b=10/x']) await storage.write(name, chunksOf('1', '23'));
    expect(await storage.list('t')).toEqual([
      { path: 't/a', byteSize: 3 },
      { path: 't/b=10/x', byteSize: 3 },
      { path: 't/b=2/x', byteSize: 3 },
    ]);
    expect(await storage.list('none')).toEqual([]);
  });

  it('replaces and removes files, and removes one that is not there', async () => {
    const storage = open();
    await storage.write('x', chunksOf('old and long'));
    await storage.write('x', chunksOf('new'));
    expect(textOf(await storage.read('x'))).toBe('new');
    await storage.remove('x');
    await storage.remove('x');
    expect(await storage.list('')).toEqual([]);
    await expect(storage.read('x')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('it does not exist'),
    });
  });

  it('leaves nothing, or the old file, when a write fails half-way', async () => {
    const storage = open();
    await storage.write('kept', chunksOf('old'));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* chunksOf('half');
      throw new Error('generator broke');
    }
    for (const name of ['kept', 'new/file'])
      await expect(storage.write(name, broken())).rejects.toThrow('generator broke');
    expect(await storage.list('')).toEqual([{ path: 'kept', byteSize: 3 }]);
    expect(textOf(await storage.read('kept'))).toBe('old');
  });

  it('opens again from its reference', async () => {
    const storage = open();
    await storage.write('x', chunksOf('1'));
    const reopen = await importRef<(options: unknown) => Storage>(storage.ref);
    expect(textOf(await reopen(structuredClone(storage.ref.options)).read('x'))).toBe('1');
  });
});

describe('local storage', () => {
  it('removes what a killed process left, and nothing of a running one', async () => {
    const storage = openStorage(folder);
    const seen: string[] = [];
    async function* watching(): AsyncGenerator<Uint8Array> {
      yield* chunksOf('x');
      seen.push(...readdirSync(path.join(folder, 't')));
    }
    await storage.write('t/file.parquet', watching());
    const mine = seen.find((name) => name.endsWith('.tmp')) ?? '';
    expect(mine.startsWith('.file.parquet.')).toBe(true);
    // A process that has certainly ended; its number is not reused so soon.
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = mine.replace(/-\d+-/, `-${String(pid)}-`);
    writeFileSync(path.join(folder, 't', mine), 'running');
    writeFileSync(path.join(folder, 't', dead), 'abandoned');
    expect(await storage.list('t')).toEqual([{ path: 't/file.parquet', byteSize: 1 }]);
    await storage.removeAbandoned();
    expect(readdirSync(path.join(folder, 't')).sort()).toEqual([mine, 'file.parquet'].sort());
  });

  it('says in one sentence what is in the way', async () => {
    writeFileSync(path.join(folder, 'file'), 'keep me');
    const message = async (run: Promise<unknown>) =>
      run.then(
        () => 'no error',
        (error: unknown) => (error as Error).message,
      );
    const blocked = openStorage(path.join(folder, 'file'));
    expect(await message(blocked.write('t/x', chunksOf('1')))).toBe(
      `Cannot write ${folder}/file/t/x: a file is in the place of a folder. Remove it or choose another output.`,
    );
    if (process.platform === 'linux') {
      // Node's own recursive mkdir would hang here.
      expect(await message(openStorage('/proc/datagen').write('t/x', chunksOf('1')))).toBe(
        'Cannot write /proc/datagen/t/x: no folder can be made there. Choose another output.',
      );
    }
    expect(await message(blocked.list('t'))).toBe(
      `Cannot list ${folder}/file/t: a file is in the place of a folder. Remove it or choose another output.`,
    );
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('keep me');
    expect(() => openStorage('gopher://x/y')).toThrow(
      'Expected the output to be a local path, file:///… or memory:name, got "gopher://x/y".',
    );
  });

  it('takes paths, relative paths and file URIs for the same folder', async () => {
    await openStorage(folder).write('x', chunksOf('1'));
    for (const uri of [path.relative(process.cwd(), folder), `file://${folder}`, `${folder}/`]) {
      expect(await openStorage(uri).list('')).toEqual([{ path: 'x', byteSize: 1 }]);
    }
  });
});
