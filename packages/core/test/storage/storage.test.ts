import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalStorage, openStorage } from '../../src/index.ts';
import { ownerState, ownOwner } from '../../src/writer/index.ts';

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

const messageOf = async (run: Promise<unknown>) =>
  run.then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  );

/** Runs a script with core's source and the storage's folder in `process.argv[2]`. */
function startScript(script: string, ...args: string[]) {
  const file = path.join(folder, `script-${String(Math.random()).slice(2)}.mjs`);
  writeFileSync(
    file,
    script.replaceAll('CORE', pathToFileURL(path.resolve(import.meta.dirname, '../../src')).href),
  );
  const tsx = import.meta.resolve('tsx');
  return spawn(process.execPath, ['--import', tsx, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function outputOf(child: ReturnType<typeof startScript>): Promise<string> {
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  await once(child, 'close');
  return text;
}

const temporaries = () => {
  const below = path.join(folder, 'out', '.datagen', 'tmp');
  return existsSync(below) ? readdirSync(below) : [];
};

describe('temporary files of local storage', () => {
  it('lie beside the tables, and are gone with their folder when the file is whole', async () => {
    const storage = openStorage(path.join(folder, 'out'));
    const seen: string[][] = [];
    async function* watching(): AsyncGenerator<Uint8Array> {
      yield* chunksOf('x');
      seen.push(
        temporaries(),
        existsSync(path.join(folder, 'out/t')) ? readdirSync(path.join(folder, 'out/t')) : [],
      );
    }
    await storage.write('t/file.parquet', watching());
    expect(seen[0]).toHaveLength(1);
    expect(seen[0]?.[0]).toContain(ownOwner());
    expect(seen[1]).toEqual([]);
    await storage.removeAbandoned();
    expect(readdirSync(path.join(folder, 'out'))).toEqual(['t']);
    expect((await storage.list('')).map((file) => file.path)).toEqual(['t/file.parquet']);
  });

  it('of a killed process are removed, those of a living one are not, and unknown ones after a day', async () => {
    const script = `
      const { openStorage } = await import('CORE/index.ts');
      async function* endless() {
        for (;;) { yield new Uint8Array(8); console.log('writing'); await new Promise((r) => setTimeout(r, 50)); }
      }
      await openStorage(process.argv[2]).write('t/x.parquet', endless());`;
    const child = startScript(script, path.join(folder, 'out'));
    await once(child.stdout, 'data');
    const storage = openStorage(path.join(folder, 'out'));
    await storage.removeAbandoned();
    expect(temporaries()).toHaveLength(1);
    const [left = ''] = temporaries();
    const elsewhere = left.replace(/^[^.]+/, '00000000');
    const old = `old${elsewhere}`;
    for (const name of [elsewhere, old]) writeFileSync(path.join(folder, 'out/.datagen/tmp', name), 'x');
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    utimesSync(path.join(folder, 'out/.datagen/tmp', old), twoDaysAgo, twoDaysAgo);
    child.kill('SIGKILL');
    await once(child, 'close');
    await storage.removeAbandoned();
    expect(temporaries()).toEqual([elsewhere]);
  }, 60_000);
});

describe('the owner of a temporary file', () => {
  it('is running while it runs, gone afterwards, and unknown on another machine or in another container', () => {
    expect(ownerState(ownOwner())).toBe('running');
    const parts = ownOwner().split('.');
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(ownerState([...parts.slice(0, 3), String(pid), '1'].join('.'))).toBe('gone');
    expect(ownerState(['00000000', ...parts.slice(1)].join('.'))).toBe('unknown');
    if (process.platform !== 'linux') return;
    // The same number, in use by a process that began at another time: by a later boot, or in another container.
    expect(ownerState([...parts.slice(0, 4), '1'].join('.'))).toBe('gone');
    expect(ownerState([parts[0], parts[1], '1', ...parts.slice(3)].join('.'))).toBe('unknown');
    expect(ownerState([parts[0], '00000000', ...parts.slice(2)].join('.'))).toBe('unknown');
  });
});

describe('local storage', () => {
  it.each(['', 'ENOTSUP'])(
    'lets one of several processes create a file, which is whole for the others, where link answers "%s"',
    async (code) => {
      const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const code = process.argv[4];
      if (code !== '') fs.linkSync = () => { throw Object.assign(new Error('no'), { code }); };
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      const size = 4_000_000;
      async function* text() { yield Buffer.alloc(size, process.argv[3]); }
      const storage = openStorage(process.argv[2]);
      const won = [], cut = [];
      for (let i = 0; i < 20; i++) {
        if ((await storage.write('log/' + i, text(), { ifAbsent: true })) !== undefined) won.push(i);
        for (const { path, byteSize } of await storage.list('log')) if (byteSize !== size) cut.push(path);
      }
      console.log(JSON.stringify([won, cut]));`;
      const place = path.join(folder, 'out');
      const children = ['a', 'b', 'c'].map((name) => startScript(script, place, name, code));
      const answers = (await Promise.all(children.map(outputOf))).map(
        (text) => JSON.parse(text) as [number[], string[]],
      );
      expect(answers.flatMap(([, cut]) => cut)).toEqual([]);
      expect(answers.flatMap(([won]) => won).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, i) => i),
      );
      answers.forEach(([won], i) => {
        for (const number of won)
          expect(readFileSync(path.join(place, 'log', String(number)), 'utf8')[0]).toBe('abc'[i]);
      });
      expect(temporaries()).toEqual([]);
    },
    60_000,
  );

  it('takes its turn where others that create the same file without links are gone, and waits for who lives', async () => {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.linkSync = () => { throw Object.assign(new Error('no'), { code: 'ENOTSUP' }); };
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      async function* text() { yield Buffer.from('x'); }
      const storage = openStorage(process.argv[2]);
      await storage.write('log/1', text(), { ifAbsent: true }).catch((error) => console.log(error.message));`;
    const place = path.join(folder, 'out');
    const key = createHash('sha256').update('log/1').digest('hex').slice(0, 16);
    const turnOf = (owner: string) => path.join(place, '.datagen/tmp', `${owner}~1~${key}.turn.tmp`);
    mkdirSync(path.join(place, '.datagen/tmp'), { recursive: true });
    writeFileSync(turnOf(ownOwner()), '');
    expect(await outputOf(startScript(script, place))).toBe(
      `Cannot write ${place}/log/1: others are creating it. Run the same command again.\n`,
    );
    rmSync(turnOf(ownOwner()));
    const { pid } = spawnSync(process.execPath, ['--version']);
    const parts = ownOwner().split('.');
    const gone = turnOf([...parts.slice(0, 3), String(pid), '1'].join('.'));
    const elsewhere = turnOf(['00000000', ...parts.slice(1)].join('.'));
    for (const file of [gone, elsewhere]) writeFileSync(file, '');
    const minutesAgo = new Date(Date.now() - 120_000);
    utimesSync(elsewhere, minutesAgo, minutesAgo);
    expect(await outputOf(startScript(script, place))).toBe('');
    expect(readFileSync(path.join(place, 'log/1'), 'utf8')).toBe('x');
  }, 60_000);

  it('syncs the file, its folder, and the parents of each folder that it made, in this order', async () => {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const names = new Map();
      const { openSync, fsync } = fs;
      fs.openSync = (name, ...rest) => { const fd = openSync(name, ...rest); names.set(fd, name); return fd; };
      const synced = [];
      fs.fsync = (fd, done) => { synced.push(names.get(fd)); fsync(fd, done); };
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      async function* text() { yield Buffer.from('x'); }
      await openStorage(process.argv[2]).write('t/year=2026/x.parquet', text());
      console.log(JSON.stringify(synced));`;
    const place = path.join(folder, 'new', 'out');
    const synced = JSON.parse(await outputOf(startScript(script, place))) as string[];
    expect(synced[0]).toContain('.datagen');
    expect(synced.slice(1)).toEqual([
      `${place}/t/year=2026`,
      path.dirname(place),
      folder,
      `${place}/t`,
      place,
    ]);
  }, 60_000);

  it.each(['ENOTSUP', 'ENOSYS', 'EPERM', 'EINVAL'])(
    'goes on, and says so once, where the system answers fsync with %s',
    async (code) => {
      const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.fsync = (fd, done) => done(Object.assign(new Error('no'), { code: process.argv[3] }));
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      async function* text() { yield Buffer.from('x'); }
      const storage = openStorage(process.argv[2]);
      const before = storage.warnings;
      for (const name of ['a', 'b']) await storage.write(name, text());
      console.log(JSON.stringify([before, storage.warnings, (await storage.list('')).length]));`;
      expect(JSON.parse(await outputOf(startScript(script, path.join(folder, 'out'), code)))).toEqual([
        [],
        [expect.stringMatching(/^The file system of the output cannot be told to write files to disk/)],
        2,
      ]);
    },
    60_000,
  );

  it('says that a file is in place when only its folder could not be synced', async () => {
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { fsync } = fs;
      let count = 0;
      fs.fsync = (fd, done) => (count++ === 0 ? fsync(fd, done) : done(Object.assign(new Error('no'), { code: 'EIO' })));
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      async function* text() { yield Buffer.from('x'); }
      await openStorage(process.argv[2]).write('a', text()).catch((error) => console.log(error.message));`;
    const place = path.join(folder, 'out');
    expect(await outputOf(startScript(script, place))).toMatch(
      /out\/a is in place, but the system cannot say whether it is on disk/,
    );
    expect(readFileSync(path.join(place, 'a'), 'utf8')).toBe('x');
  }, 60_000);

  it('finds files behind links, and refuses links to folders and to nothing by name', async () => {
    const out = path.join(folder, 'out');
    mkdirSync(path.join(out, 't/real'), { recursive: true });
    mkdirSync(path.join(folder, 'elsewhere'));
    writeFileSync(path.join(folder, 'elsewhere/x'), '123');
    symlinkSync(path.join(folder, 'elsewhere/x'), path.join(out, 't/real/y'));
    // The table's own folder may be a link: its readers are given its path.
    symlinkSync(path.join(out, 't'), path.join(out, 'u'));
    const storage = openStorage(out);
    for (const table of ['t', 'u'])
      expect((await storage.list(table)).map(({ path: name, byteSize }) => [name, byteSize])).toEqual([
        [`${table}/real/y`, 3],
      ]);
    for (const target of [path.join(folder, 'elsewhere'), path.join(out, 't')]) {
      symlinkSync(target, path.join(out, 't/linked'));
      expect(await messageOf(storage.list('t'))).toBe(
        `Cannot list ${out}/t/linked: it is a link to a folder, which some readers of the table follow and others do not. Put the folder itself in its place.`,
      );
      rmSync(path.join(out, 't/linked'));
    }
    symlinkSync(path.join(folder, 'nowhere'), path.join(out, 't/dangling'));
    expect(await messageOf(storage.list('t'))).toBe(`Cannot list ${out}/t/dangling: it does not exist.`);
  });

  it('refuses a folder that cannot be read, by name, instead of a table without its files', async () => {
    // The tests may run as root, who can read every folder: the system's answer is put in its place.
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { readdirSync } = fs;
      fs.readdirSync = (folder, ...rest) => {
        if (folder.endsWith('month=2')) throw Object.assign(new Error('no'), { code: 'EACCES', path: folder });
        return readdirSync(folder, ...rest);
      };
      syncBuiltinESMExports();
      const { openStorage } = await import('CORE/index.ts');
      const storage = openStorage(process.argv[2]);
      const answer = (files) => files.map(({ path }) => path).join();
      for (const folder of ['readable', 't'])
        console.log(await storage.list(folder).then(answer, ({ code, message }) => code + ': ' + message));`;
    const out = path.join(folder, 'out');
    for (const name of ['readable/month=1', 't/month=1', 't/month=2', 't/month=3']) {
      mkdirSync(path.join(out, name), { recursive: true });
      writeFileSync(path.join(out, name, 'x'), '1');
    }
    expect(await outputOf(startScript(script, out))).toBe(
      `readable/month=1/x\nSTORAGE_FAILED: Cannot list ${out}/t/month=2: permission denied. Choose a folder that you may read and write, or change its permissions.\n`,
    );
  }, 60_000);

  it('leaves no folder behind that a removed file leaves empty, and makes it again for the next one', async () => {
    const storage = new LocalStorage(folder);
    const [first, second] = ['t/year=2026/month=01/a', 't/year=2026/month=02/b'];
    for (const name of [first, second]) await storage.write(name, chunksOf('x'));
    await storage.remove(first);
    expect(readdirSync(path.join(folder, 't/year=2026'))).toEqual(['month=02']);
    // Others remove what the next file needs while it is written.
    const writing = Array.from({ length: 20 }, (_, i) => storage.write(`t/year=2026/c${i}/c`, chunksOf('x')));
    await Promise.all([
      storage.remove(second),
      ...writing.map((each, i) => each.then(() => storage.remove(`t/year=2026/c${i}/c`))),
    ]);
    await storage.removeAbandoned();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says in one sentence what is in the way', async () => {
    writeFileSync(path.join(folder, 'file'), 'keep me');
    const blocked = openStorage(path.join(folder, 'file'));
    expect(await messageOf(blocked.write('t/x', chunksOf('1')))).toBe(
      `Cannot write ${folder}/file/t/x: a file is in the place of a folder. Remove it or choose another output.`,
    );
    if (process.platform === 'linux') {
      // Node's own recursive mkdir would hang here.
      expect(await messageOf(openStorage('/proc/datagen').write('t/x', chunksOf('1')))).toBe(
        'Cannot write /proc/datagen/t/x: no folder can be made there. Choose another output.',
      );
    }
    expect(await messageOf(blocked.list('t'))).toBe(
      `Cannot list ${folder}/file/t: a file is in the place of a folder. Remove it or choose another output.`,
    );
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('keep me');
    symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop'));
    expect(await messageOf(openStorage(path.join(folder, 'loop/out')).write('x', chunksOf('1')))).toMatch(
      /its symbolic links go in a circle\. Remove one of them or choose another output\.$/,
    );
    expect(
      await messageOf(openStorage(path.join(folder, 'n'.repeat(300))).write('x', chunksOf('1'))),
    ).toMatch(/the path is longer than the file system allows\. Choose a shorter output\.$/);
  });

  it('takes paths, relative paths and file URIs for the same folder', async () => {
    await openStorage(folder).write('x', chunksOf('1'));
    const uris = [
      path.relative(process.cwd(), folder),
      `file://${folder}`,
      `file://localhost${folder}`,
      `FILE://${folder}`,
      `${folder}/`,
    ];
    for (const uri of uris) {
      expect((await openStorage(uri).list('')).map((file) => file.path)).toEqual(['x']);
      expect(openStorage(uri).location('x')).toBe(path.join(folder, 'x'));
    }
    expect(openStorage('file:///a%3Fb%23c').location('x')).toBe('/a?b#c/x');
    expect(openStorage('c:d').location('x')).toBe(path.resolve('c:d/x'));
    expect(openStorage('/a?b#c').location('x')).toBe('/a?b#c/x');
    expect(openStorage('~/out').location('x')).toBe(path.join(os.homedir(), 'out/x'));
  });

  it.each([
    ['', 'Expected the output to be a folder, got "".'],
    [' ', 'Expected the output to be a folder, got " ".'],
    ['-', 'Expected the output to be a folder, got "-".'],
    ['file:relative', 'Expected the output to be file:///absolute/path, got "file:relative".'],
    [
      'file:///a?b',
      'Expected the output to be file:///absolute/path with %3F for ? and %23 for #, got "file:///a?b".',
    ],
    ['file:///a#b', 'Expected the output to be file:///absolute/path with %3F for ? and %23 for #'],
    ['file:///a%2Fb', 'Expected the output to be file:///absolute/path with %25 for % and no %2F'],
    ['file:///a%b', 'Expected the output to be file:///absolute/path with %25 for % and no %2F'],
    [
      String.raw`C:\data`,
      String.raw`Expected the output to be a local path, file:///… or memory:name, got "C:\data".`,
    ],
    ['c:/data', 'Expected the output to be a local path, file:///… or memory:name, got "c:/data".'],
    ['file://host/share', 'Expected the output to be file:///absolute/path, got "file://host/share".'],
    ['gopher://x/y', 'Expected the output to be a local path, file:///… or memory:name, got "gopher://x/y".'],
  ])('refuses "%s", which would land elsewhere', (uri, message) => {
    expect(() => openStorage(uri)).toThrow(message);
    expect(() => new LocalStorage(uri)).toThrow('Expected the output to be ');
  });
});
