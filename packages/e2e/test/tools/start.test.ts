import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const checkout = path.join(import.meta.dirname, '../../../..');
const WEATHER = ['--n-locations', '1', '--start-date', '2026-01-01', '--end-date', '2026-01-01'];
const BANNER = 'npm has written lines of its own above the JSON: npm start --silent -- … leaves them out.\n';

/**
 * A folder that looks like a fresh checkout to tools/start.mjs, with the command that is built already. Its compiler
 * and its bundler do nothing, so that whatever it takes for out of date is not built here, below other tests.
 */
function makeCheckout(root: string): void {
  for (const folder of ['tools/build', 'node_modules/typescript/bin', 'packages/cli', 'examples'])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const tool of ['start.mjs', 'ensure.mjs'])
    copyFileSync(path.join(checkout, 'tools', tool), path.join(root, 'tools', tool));
  for (const file of ['tools/build/bundle.mjs', 'node_modules/typescript/bin/tsc', 'package-lock.json'])
    writeFileSync(path.join(root, file), '');
  // Written after the lock: nothing is to be installed.
  writeFileSync(path.join(root, 'node_modules/.package-lock.json'), '');
  symlinkSync(path.join(checkout, 'packages/cli/dist'), path.join(root, 'packages/cli/dist'), 'junction');
}

describe('npm start', () => {
  let root = '';
  let elsewhere = '';

  /** Runs tools/start.mjs as npm does for somebody who stands in `folder`: in the folder of package.json. */
  function start(folder: string, words: readonly string[], npm: Readonly<Record<string, string>> = {}) {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
    const env = { ...Object.fromEntries(inherited), npm_lifecycle_event: 'start', INIT_CWD: folder, ...npm };
    const tool = path.join(root, 'tools/start.mjs');
    return spawnSync(process.execPath, [tool, ...words], { cwd: root, env, encoding: 'utf8' });
  }

  beforeAll(async () => {
    root = realpathSync(await createPlace());
    elsewhere = realpathSync(await createPlace());
    makeCheckout(root);
    expect(start(root, ['--version']).stderr).toBe('Building the packages …\n');
  }, 60_000);

  it('takes paths from where the user stands, and says how to start it again from there', () => {
    const { stdout, stderr } = start(elsewhere, ['generate', 'weather', './x', ...WEATHER]);
    expect(stderr).toBe('');
    expect(stdout).toContain(`\nAgain:  npm --prefix ${root} start -- generate weather ./x --start-date `);
    expect(stdout).toContain(`\nLook:   npm --prefix ${root} start -- look ./x\n`);
    expect(existsSync(path.join(elsewhere, 'x/weather_hourly'))).toBe(true);
    expect(existsSync(path.join(root, 'x'))).toBe(false);
  }, 60_000);

  it.each(['', 'examples'])(
    'is called by its name alone in the checkout: "./%s"',
    (folder) => {
      const { stdout, stderr } = start(path.join(root, folder), ['plan', 'weather', './x', ...WEATHER]);
      expect(stderr).toBe('');
      expect(stdout).toContain('\nTo write it:  npm start -- generate weather ./x --start-date ');
    },
    60_000,
  );

  it('says above JSON in a pipe that npm has written lines of its own, and how to go without', () => {
    const words = ['plan', 'weather', './x', ...WEATHER, '--json'];
    const { stdout, stderr } = start(elsewhere, words);
    expect(stderr).toBe(BANNER);
    const { command } = JSON.parse(stdout) as { command: string };
    expect(command.startsWith(`npm --prefix ${root} start -- plan weather ./x `)).toBe(true);
    expect(start(elsewhere, words, { npm_config_loglevel: 'silent' }).stderr).toBe('');
    expect(start(elsewhere, words, { npm_lifecycle_event: 'plans' }).stderr).toBe('');
  }, 60_000);
});
