import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { resolveOutput } from '../../src/request/output.ts';
import { datagen, SMALL, temporaryFolder, terminal } from '../terminal.ts';

const folder = temporaryFolder();
const generate = (output: string, ...flags: string[]) =>
  datagen(['generate', 'ecommerce', output, ...SMALL, '--tables', 'products', ...flags], { cwd: folder });

/** The words of a command as bash reads them. */
async function wordsOf(command: string): Promise<readonly string[]> {
  const { spawnSync } = await import('node:child_process');
  const { stdout } = spawnSync('bash', ['-c', `for word in ${command}; do printf '%s\\0' "$word"; done`], {
    cwd: folder,
  });
  return stdout.toString().split('\0').slice(0, -1);
}

describe('an output', () => {
  it.each([
    ['', 'Expected a folder or URI to write tables to, got an empty text. Write ./ for this folder.'],
    [' ', 'Expected a folder or URI to write tables to, got an empty text. Write ./ for this folder.'],
    [
      'memory:x',
      'Expected a folder or URI to write tables to, got "memory:x": what is in memory is gone when the command ends.',
    ],
  ])('%j is refused', async (output, sentence) => {
    for (const command of ['generate', 'plan']) {
      const refused = await datagen([command, 'ecommerce', output, ...SMALL], { cwd: folder });
      expect(refused).toEqual({ exitCode: 2, stdout: '', stderr: `datagen: ${sentence}\n` });
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('begins at the home folder after ~ in a file, where no shell has expanded it', async () => {
    const { io } = terminal({ env: { HOME: '/home/me' } });
    expect(resolveOutput('~/shop', true, io)).toEqual({ uri: '/home/me/shop', shown: '/home/me/shop' });
    expect(resolveOutput('~', false, io).uri).toBe('/home/me');
    expect(resolveOutput('~you', false, io).shown).toBe('./~you');
    writeFileSync(path.join(folder, 'home.yaml'), 'generator: ecommerce\noutput: ~you/shop\n');
    const { stderr } = await datagen(['plan', '--config', 'home.yaml'], { cwd: folder });
    expect(stderr).toMatch(
      /^datagen: Expected `output` to begin with ~\/ or to be a whole path, got "~you\/shop"/,
    );
  });

  it('is shown without its password, which is nowhere in what is written', async () => {
    const { io } = terminal();
    expect(resolveOutput('s4://me:abc@host/x', false, io).shown).toBe('s4://me:***@host/x');
    const { stderr } = await generate('s4://me:abc@host/x', '--debug');
    expect(stderr).toContain('got "s4://me:***@host/x"');
    expect(stderr).not.toContain('abc');
  });
});

describe('the commands of a report', () => {
  const onPosix = process.platform === 'win32' ? it.skip : it;

  onPosix.each([
    'a[ab]',
    'b*c?',
    "it's",
    'sp ace',
    '-dash',
    './~',
    '$HOME',
    '!x',
    '{a,b}',
    'a"b',
    '=x',
    '#x',
    'c:d',
    'ü\n',
  ])('lead to %j again, and show its rows', async (output) => {
    const { exitCode, stdout } = await generate(output.startsWith('-') ? `./${output}` : output);
    expect(exitCode).toBe(0);
    const [, again = ''] = /^Again: {2}datagen ([^]*?)\nLook: /m.exec(stdout) ?? [];
    const repeated = await datagen(await wordsOf(again), { cwd: folder });
    expect(repeated.stdout).toContain('Nothing to do: all 40 rows');
    const [, look = ''] = /^Query: {2}duckdb -c ([^]*)\n$/m.exec(stdout) ?? [];
    const [query = ''] = await wordsOf(look);
    const connection = await (await DuckDBInstance.create()).connect();
    // DuckDB reads relative paths from its own process.
    const inFolder = query.replace(/'(?!\/)/, `'${folder}/`);
    const rows = await connection.runAndReadAll(inFolder);
    expect(rows.currentRowCount).toBe(10);
  });

  it('take an output that begins with a dash after --', async () => {
    const words = ['plan', '--tables', 'products', '--', 'ecommerce', '-new', '--config', 'none.yaml'];
    const { stdout } = await datagen(words.slice(0, -2), { cwd: folder });
    expect(stdout).toContain(' generate ecommerce ./-new ');
    // What comes after -- is no flag.
    expect((await datagen(words, { cwd: folder })).stderr).toContain('Unexpected "--config none.yaml"');
  });

  it('name relative paths from the given folder', async () => {
    mkdirSync(path.join(folder, 'inner'));
    const { stdout } = await datagen(['generate', 'ecommerce', '../beside', ...SMALL], {
      cwd: path.join(folder, 'inner'),
    });
    expect(stdout).toContain(' generate ecommerce ../beside ');
    expect(readdirSync(path.join(folder, 'beside'))).toHaveLength(5);
  });
});
