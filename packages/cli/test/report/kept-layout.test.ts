import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const plugin = path.join(import.meta.dirname, '../fixtures/tally.mjs');
const DAY = ['--start-date', '2026-01-01', '--end-date', '2026-01-01'];
const PLACES = ['--n-locations', '2'];
let count = 0;

/** What the report of a second run says of files that the first one made, between "already. " and the line's end. */
async function saidOf(words: readonly string[], flags: readonly string[]): Promise<string | undefined> {
  const [generator = '', ...options] = words;
  const command = ['generate', generator, path.join(folder, `out-${count++}`), ...options];
  const first = await datagen(command);
  const again = await datagen([...command, ...flags]);
  expect([first.stderr, again.stderr]).toEqual(['', '']);
  expect(first.stdout).not.toContain('keep their layout');
  return /Files that are there .*/.exec(again.stdout)?.[0];
}

const kept = (flags: string) =>
  `Files that are there keep their layout, whatever ${flags}; --mode overwrite writes them anew.`;

describe('a run over files that are there', () => {
  it.each([
    ['--file-rows-target says', ['--file-rows-target', '3']],
    ['--compression says', ['--compression', 'zstd']],
    ['--row-group-rows says', ['--row-group-rows', '2048']],
    ['--file-rows-target and --compression say', ['--compression', 'zstd', '--file-rows-target', '3']],
  ])('says that they keep their layout, whatever %s', async (says, flags) => {
    expect(await saidOf(['ecommerce', ...SMALL], flags)).toBe(kept(says));
  });

  it('says so where it adds days to them', async () => {
    const flags = ['--end-date', '2026-01-04', '--compression', 'zstd'];
    expect(await saidOf(['ecommerce', ...SMALL], flags)).toBe(kept('--compression says'));
  });

  it('says so in a plan and to programs, and nothing of it where nothing is there', async () => {
    const words = ['ecommerce', path.join(folder, 'for-programs'), ...SMALL, '--compression', 'zstd'];
    const keptLayout = async (command: string, ...more: string[]) => {
      const { stdout } = await datagen([command, ...words, ...more, '--json']);
      return (JSON.parse(stdout) as { readonly keptLayout?: readonly string[] }).keptLayout;
    };
    expect([await keptLayout('plan'), await keptLayout('generate')]).toEqual([undefined, undefined]);
    expect([await keptLayout('plan'), await keptLayout('generate')]).toEqual([
      ['compression'],
      ['compression'],
    ]);
    expect((await datagen(['plan', ...words])).stdout).toContain(kept('--compression says'));
    expect(await keptLayout('plan', '--mode', 'overwrite')).toBeUndefined();
    expect(await keptLayout('generate', '--mode', 'overwrite')).toBeUndefined();
  });

  it('says so of the tables without days where it replaces days', async () => {
    const window = ['--partition-by', 'day', '--mode', 'overwrite-window'];
    const flags = ['--compression', 'zstd', '--start-date', '2026-01-02'];
    expect(await saidOf(['ecommerce', ...SMALL, ...window], flags)).toBe(kept('--compression says'));
  });

  it('says so of layout options of plug-ins, and not of their secrets', async () => {
    const words = ['tally', '--plugin', plugin, '--format', 'vault', ...DAY];
    expect(await saidOf(words, ['--pile-rows', '3'])).toBe(kept('--pile-rows says'));
    expect(await saidOf(words, ['--seal', 'lead', '--password', 'long enough'])).toBe(kept('--seal says'));
  });

  it.each([
    ['it writes them anew', ['ecommerce', ...SMALL], ['--compression', 'zstd', '--mode', 'overwrite']],
    ['a later day is asked for', ['ecommerce', ...SMALL], ['--end-date', '2026-01-04']],
    ['another table is asked for', ['weather', ...DAY, ...PLACES], ['--synop']],
    [
      'an option of the writer is about the commits to come',
      ['weather', '--format', 'delta', ...DAY, ...PLACES],
      ['--checkpoint-interval', '5'],
    ],
    [
      'an option says where the tables are',
      ['weather', '--format', 'ducklake', ...DAY, ...PLACES],
      ['--lock-seconds', '5'],
    ],
  ])('says nothing of layout where %s', async (_, words, flags) => {
    expect(await saidOf(words, flags)).toBeUndefined();
  });
});
