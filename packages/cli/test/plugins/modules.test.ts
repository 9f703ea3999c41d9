import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BUILTINS } from '../../src/index.ts';
import { resolveModule } from '../../src/plugins/resolve-module.ts';
import { datagen, temporaryFolder } from '../terminal.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures');
const folder = temporaryFolder();
const KNOWN = 'ecommerce, market_ohlcv, market_quotes, sensors, weather';

describe('plug-ins of a module', () => {
  it('are shown by list, describe, help and completion', async () => {
    const flags = ['--plugin', './tally.mjs'];
    const there = { cwd: fixtures };
    const listed = JSON.parse((await datagen(['list', '--json', ...flags], there)).stdout) as Record<
      string,
      unknown[]
    >;
    expect(Object.keys(listed)).toEqual(['generators', 'formats', 'storages']);
    expect(listed['generators']?.at(-1)).toEqual({ name: 'tally', description: 'Numbers' });
    expect(listed['storages']?.at(-1)).toEqual({ name: 'shelf', description: 'Boxes on a shelf' });
    expect((await datagen(['list', ...flags], there)).stdout).toMatch(
      /\nformat\n[^]*\nvault [^]*\nstorage\n[^]*\nshelf /,
    );
    expect((await datagen(['describe', 'tally', ...flags], there)).stdout).toMatch(
      /^tally \(generator\): Numbers\n/,
    );
    expect((await datagen(['describe', 'shelf', ...flags], there)).stdout).toMatch(/^shelf \(storage\): /);
    expect((await datagen([...flags, 'plan', '--help'], there)).stdout).toContain(`(${KNOWN}, tally)`);
    const completed = await datagen(['complete', '--', 'plan', ...flags, 't'], there);
    expect(completed.stdout).toMatch(/^tally\t/);
  });

  it('are used, and come back in the command', async () => {
    const out = path.join(folder, 'out');
    const words = ['generate', 'tally', out, '--plugin=./tally.mjs', '--count', '3', '--format', 'vault'];
    const { stdout } = await datagen(words, { cwd: fixtures });
    expect(stdout).toMatch(/^table +rows .*\ntallies +3 /);
    expect(stdout).toContain(`Again:  datagen generate tally ${out} --plugin ./tally.mjs --format vault `);
  });

  it('may come from several modules, by path and by package', async () => {
    const cwd = path.join(folder, 'several');
    const fixture = JSON.stringify(path.join(fixtures, 'tally.mjs'));
    mkdirSync(path.join(cwd, 'node_modules/@me/heap'), { recursive: true });
    writeFileSync(path.join(cwd, 'vault.mjs'), `export { vaultPlugin } from ${fixture};\n`);
    writeFileSync(
      path.join(cwd, 'node_modules/@me/heap/package.json'),
      '{ "name": "@me/heap", "type": "module", "exports": "./index.js" }',
    );
    writeFileSync(
      path.join(cwd, 'node_modules/@me/heap/index.js'),
      [
        `import { tallyPlugin } from ${fixture};`,
        "const create = (...made) => Object.assign(tallyPlugin.create(...made), { name: 'heap' });",
        "export const heapPlugin = { ...tallyPlugin, name: 'heap', create };",
      ].join('\n'),
    );
    const flags = ['--plugin', './vault.mjs', '--plugin', '@me/heap'];
    const listed = JSON.parse((await datagen(['list', '--json', ...flags], { cwd })).stdout) as unknown;
    expect(listed).toMatchObject({
      generators: expect.arrayContaining([{ name: 'heap', description: 'Numbers' }]),
      formats: expect.arrayContaining([{ name: 'vault', description: 'Parquet behind a password' }]),
    });
    const words = ['plan', 'heap', './x', '--format', 'vault', ...flags, '--json'];
    const { stdout, stderr } = await datagen(words, { cwd });
    expect(stderr).toBe('');
    const { command } = JSON.parse(stdout) as { command: string };
    expect(command).toContain('datagen plan heap ./x --plugin ./vault.mjs --plugin @me/heap --format vault ');
    const repeated = await datagen([...command.split(' ').slice(1), '--json'], { cwd });
    expect(JSON.parse(repeated.stdout)).toMatchObject({ generator: 'heap', format: 'vault', command });
  });

  it('open outputs by their schemes, with options of their own', async () => {
    const words = ['tally', `shelf:${folder}/shelf`, '--plugin', './tally.mjs'];
    const options = ['--shelf-box', 'second', '--shelf-key', 'sesame'];
    const { stdout, stderr } = await datagen(['generate', ...words, ...options], { cwd: fixtures });
    expect(stderr).toBe('');
    expect(stdout).toContain(`Again:  datagen generate tally shelf:${folder}/shelf --plugin ./tally.mjs `);
    expect(stdout).toMatch(/ --shelf-box second\nAdd --shelf-key: secrets are not shown\.\n/);
    expect(readdirSync(path.join(folder, 'shelf/second'))).toContain('tallies');
    const planned = await datagen(['plan', ...words, ...options, '--json'], { cwd: fixtures });
    expect(JSON.parse(planned.stdout)).toMatchObject({
      options: { shelfBox: 'second' },
      tables: [{ missingFileCount: 0 }],
    });
    const { stderr: refused } = await datagen(
      ['plan', 'tally', './x', '--plugin', './tally.mjs', '--shelf-box', 'x'],
      {
        cwd: fixtures,
      },
    );
    expect(refused).toMatch(/^datagen: Unknown option --shelf-box\./);
  });

  it('that come with datagen are loaded for outputs of their schemes alone', async () => {
    const load = () => Promise.reject(new Error('loaded'));
    const builtins = { ...BUILTINS, storages: { s3: { schemes: ['s3'], load } } };
    for (const words of [
      ['plan', 'weather', path.join(folder, 's3')],
      ['preview', 'weather', '--rows', '1'],
      ['generate', '--help'],
    ]) {
      const { exitCode, stderr } = await datagen(words, { builtins });
      expect({ words, exitCode, stderr }).toEqual({ words, exitCode: 0, stderr: '' });
    }
    const { stderr } = await datagen(['plan', 'weather', 's3://lake/x'], { builtins });
    expect(stderr).toMatch(/^datagen: Unexpected error: loaded;/);
    const { stdout } = await datagen(['plan', 'weather', 's3://lake/x', '--help']);
    expect(stdout).toMatch(/--s3-endpoint-url <text> [^]*--s3-anon [^]*--no-s3-secure /);
  });

  it('are named in a file, from its folder, and found from where the user stands', async () => {
    mkdirSync(path.join(folder, 'conf'));
    writeFileSync(
      path.join(folder, 'conf/datagen.yaml'),
      `plugins: [${path.relative(path.join(folder, 'conf'), fixtures)}/tally.mjs]\ngenerator: tally\n`,
    );
    const words = ['plan', '--config', 'conf/datagen.yaml'];
    const { stdout, stderr } = await datagen(words, { cwd: folder });
    expect(stderr).toBe('');
    const [, module = ''] = /--plugin (\S+)/.exec(stdout) ?? [];
    expect(path.resolve(folder, module)).toBe(path.join(fixtures, 'tally.mjs'));
  });

  it.each([
    [
      ['--plugin', './none.mjs'],
      2,
      /^datagen: Cannot find the plug-in module "\.\/none\.mjs": there is no \S+none\.mjs\.\n$/,
    ],
    [
      ['--plugin', 'no-such-package'],
      2,
      /^datagen: Cannot find the plug-in module "no-such-package" from \S+\. Install its package there, or give a path that begins with \.\/\n$/,
    ],
    [
      ['--plugin', './empty.mjs'],
      1,
      /^datagen: Expected a plug-in among the exports of "\.\/empty\.mjs" \(nothing\)\. Export what `definePlugin` returns\.\n$/,
    ],
    [
      ['--plugin', './broken.mjs'],
      1,
      /^datagen: Cannot load the plug-in module "\.\/broken\.mjs": no good\.\n$/,
    ],
    [
      ['--plugin', './weather.mjs'],
      1,
      /^datagen: The generator "weather" of "\.\/weather\.mjs" has a name that is taken\./,
    ],
    [['--plugin', './half.mjs'], 1, /^datagen: The generator plug-in "half" lacks `description`, .*\.\n$/],
    [['--plugin'], 2, /^datagen: --plugin needs a value\.\n$/],
  ])('that cannot be had are refused: %j', async (flags, code, sentence) => {
    writeFileSync(path.join(folder, 'empty.mjs'), 'export const nothing = 1;\n');
    writeFileSync(path.join(folder, 'half.mjs'), 'export const x = { kind: "generator", name: "half" };\n');
    writeFileSync(path.join(folder, 'broken.mjs'), 'throw new Error("no good");\n');
    writeFileSync(
      path.join(folder, 'weather.mjs'),
      'export const x = { kind: "generator", name: "weather", description: "", options: {}, module: "", export: "", create() {} };\n',
    );
    const { exitCode, stderr } = await datagen(['list', ...flags], { cwd: folder });
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(code);
  });
});

describe('a module', () => {
  const root = path.join(folder, 'project');
  const packageOf = (name: string, manifest: object) => {
    const dir = path.join(root, 'node_modules', name);
    mkdirSync(dir, { recursive: true });
    writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name, type: 'module', ...manifest }));
    writeFileSync(path.join(dir, 'index.js'), '');
    return path.join(dir, 'index.js');
  };

  it.each([
    ['main', { main: 'index.js' }],
    ['@scope/default', { exports: { '.': { types: './index.d.ts', default: './index.js' } } }],
    ['import-only', { exports: { '.': { import: './index.js' } } }],
    ['@scope/sugar', { exports: { import: { node: './index.js' } } }],
  ])('is found as package %s from a folder below', (name, manifest) => {
    const file = packageOf(name, manifest);
    mkdirSync(path.join(root, 'deep/er'), { recursive: true });
    expect(resolveModule(name, path.join(root, 'deep/er'))).toBe(`file://${file}`);
  });

  it('is found at a subpath, as a folder, and beside this package', () => {
    const file = packageOf('sub', { exports: { './plug': { import: './index.js' } } });
    expect(resolveModule('sub/plug', root)).toBe(`file://${file}`);
    expect(() => resolveModule('sub/other', root)).toThrow('Cannot find the plug-in module "sub/other"');
    expect(resolveModule('./node_modules/sub/index.js', root)).toBe(`file://${file}`);
    cpSync(path.join(root, 'node_modules/sub'), path.join(root, 'as-folder'), { recursive: true });
    expect(resolveModule('./as-folder', root)).toBe(`file://${path.join(root, 'as-folder/index.js')}`);
    symlinkSync(path.join(root, 'as-folder'), path.join(root, 'linked'));
    expect(resolveModule('@datagen/market', root)).toMatch(/^file:.*market/);
  });
});
