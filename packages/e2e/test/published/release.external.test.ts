import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { resolveEncoder } from '@datagen/parquet';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { query } from '../readers/duckdb.ts';
import { nodes } from '../runtimes/nodes.ts';
import { NpmRegistry, npmRegistryScript } from './npm-registry.ts';
import { root } from './packed.ts';

const actionlint = process.env['DATAGEN_ACTIONLINT'] ?? '';
const isNative = resolveEncoder('auto') === 'native';

const tool = (...words: string[]) => [path.join(root, 'tools', words[0] ?? ''), ...words.slice(1)];

(actionlint === '' ? it.skip : it)('workflows are right to actionlint', () => {
  const folder = path.join(root, '.github/workflows');
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  expect(files.length).toBeGreaterThanOrEqual(2);
  const { stdout, status } = spawnSync(actionlint, ['-no-color', ...files], { cwd: root, encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

const describeRelease = npmRegistryScript !== '' && isNative ? describe : describe.skip;
describeRelease('a release in a registry', () => {
  let registry: NpmRegistry;
  let project: string;

  beforeAll(async () => {
    const folder = await createPlace();
    const [addons, tarballs] = [path.join(folder, 'addons'), path.join(folder, 'tarballs')];
    execFileSync(process.execPath, tool('build/native.mjs', '--package', path.join(addons, 'here')));
    execFileSync(process.execPath, tool('release/pack.mjs', tarballs, addons), { stdio: 'pipe' });
    registry = await NpmRegistry.start(folder);
    const publish = () =>
      execFileSync(process.execPath, tool('release/publish.mjs', tarballs), {
        encoding: 'utf8',
        env: registry.env,
      })
        .trim()
        .split('\n');
    // A release that broke off before its last packages is finished by the same command.
    const all = readdirSync(tarballs);
    const command = all.find((name) => name.startsWith('datagen-cli-')) ?? '';
    const kept = readFileSync(path.join(tarballs, command));
    rmSync(path.join(tarballs, command));
    const before = publish();
    expect(before).toHaveLength(all.length - 1);
    expect(before.every((line) => line.endsWith(' published'))).toBe(true);
    writeFileSync(path.join(tarballs, command), kept);
    const after = publish();
    expect(after.filter((line) => line.endsWith(' published'))).toEqual([
      expect.stringMatching(/^@datagen\/cli@/),
    ]);
    expect(after.filter((line) => line.endsWith(' is there already'))).toHaveLength(all.length - 1);

    project = path.join(folder, 'project');
    mkdirSync(project);
    writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    const quietly = ['--loglevel=error', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...quietly, '@datagen/cli'], {
      cwd: project,
      env: registry.env,
      stdio: 'pipe',
    });
  }, 300_000);
  afterAll(() => registry.stop());

  it('brings the addons of the platform with the command', () => {
    const scope = readdirSync(path.join(project, 'node_modules/@datagen'));
    expect(scope.filter((name) => /^(parquet|delta)-/.test(name))).toHaveLength(2);
    expect(scope).not.toContain('testkit');
  });

  it.each(nodes)(
    'runs on Node.js $version: Parquet by the native encoder, Delta, DuckLake and Iceberg',
    async ({ version, binary: node }) => {
      expect(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()).toBe(`v${version}`);
      for (const format of ['parquet', 'delta', 'ducklake', 'iceberg']) {
        const words = ['generate', 'weather', `./${version}/${format}`, '--format', format];
        const window = ['--start-date', '2026-01-01', '--end-date', '2026-01-02'];
        const bin = path.join(project, 'node_modules/@datagen/cli/bin/datagen.js');
        const { stdout, stderr, status } = spawnSync(node, [bin, ...words, ...window, '--json'], {
          cwd: project,
          encoding: 'utf8',
        });
        expect([format, stderr, status]).toEqual([format, '', 0]);
        expect(JSON.parse(stdout)).toMatchObject({ encoder: 'native' });
      }
      const files = path.join(project, version, 'parquet/weather_hourly/**/*.parquet');
      const [[rows] = []] = await query(`SELECT count(*)::INT FROM '${files}'`);
      expect(rows).toBeGreaterThan(0);
      expect(Number(rows) % 48).toBe(0);
    },
    120_000,
  );
  if (nodes.length === 0) it.skip('runs on other versions of Node.js', () => undefined);
});
