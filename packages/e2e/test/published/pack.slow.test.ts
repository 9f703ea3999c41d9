import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { resolveEncoder } from '@datagen/parquet';
import { platformTriple } from '@datagen/core/writer';
import { query } from '../readers/duckdb.ts';
import { npm, PackedPackages, root } from './packed.ts';

/** Eight lines, as a newcomer would write them. */
const PROGRAM = `import { PartitionSpec, writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { parquet } from '@datagen/parquet';
const report = await writeDataset(ecommerce({ nCustomers: 1_000 }), parquet('./out'), {
  partitionSpec: new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-07', partitionBy: ['month'] }),
});
const rows: number = report.tables.reduce((sum, table) => sum + table.rowCount, 0);
console.log(rows);
`;

const PACKAGES = [
  'core',
  'ecommerce',
  'market',
  'sensors',
  'weather',
  'parquet',
  'text',
  'delta',
  'iceberg',
  'ducklake',
  'sql',
  's3',
  'look',
  'cli',
] as const;

describe('packed packages', () => {
  let packed: PackedPackages;

  beforeAll(async () => {
    packed = await PackedPackages.pack(...PACKAGES);
  }, 120_000);

  it('ecommerce and parquet alone make files from eight lines of TypeScript', async () => {
    const folder = await packed.install('core', 'ecommerce', 'parquet');
    writeFileSync(path.join(folder, 'make.ts'), PROGRAM);
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const options = [
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--strict',
      '--types',
      'node',
      '--typeRoots',
      path.join(root, 'node_modules/@types'),
    ];
    execFileSync(process.execPath, [compiler, ...options, 'make.ts'], { cwd: folder, encoding: 'utf8' });
    const printed = execFileSync(process.execPath, ['make.js'], { cwd: folder, encoding: 'utf8' });
    const [[count] = []] = await query(
      `SELECT sum(n) FROM (${['customers', 'products', 'promotions', 'orders', 'order_items']
        .map((table) => `SELECT count(*) AS n FROM '${folder}/out/${table}/**/*.parquet'`)
        .join(' UNION ALL ')})`,
    );
    expect(Number(count)).toBeGreaterThan(6_000);
    expect(printed.trim()).toBe(String(count));
  }, 240_000);

  it('share the core that npm installs with them, and a second copy is refused by its folder', async () => {
    const folder = await packed.install('ecommerce', 'parquet');
    const scope = path.join(folder, 'node_modules/@datagen');
    expect(readdirSync(scope).sort()).toEqual(['core', 'ecommerce', 'parquet']);
    expect(readdirSync(path.join(scope, 'ecommerce'))).not.toContain('node_modules');
    const second = path.join(scope, 'ecommerce/node_modules/@datagen/core');
    cpSync(path.join(scope, 'core'), second, { recursive: true });
    writeFileSync(path.join(folder, 'make.mjs'), PROGRAM.replace(': number', ''));
    const { status, stderr } = spawnSync(process.execPath, ['make.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('Expected the generator "ecommerce" to be made by the copy of @datagen/core');
    expect(stderr).toContain(second);
    expect(readdirSync(folder)).not.toContain('out');
  }, 240_000);

  (resolveEncoder('auto') === 'native' ? it : it.skip)(
    'the packages of the platform bring the native encoder and the log of Delta tables',
    async () => {
      const addon = path.join(packed.folder, 'addon');
      execFileSync(process.execPath, [path.join(root, 'tools/build/native.mjs'), '--package', addon]);
      npm(path.join(addon, 'parquet'), 'pack', '--silent', '--pack-destination', packed.folder);
      const without = await packed.install('core', 'ecommerce', 'parquet');
      const platform = readdirSync(packed.folder).find((name) => /^datagen-parquet-[a-z]+-/.test(name)) ?? '';
      const withAddon = await packed.install(
        'core',
        'ecommerce',
        'parquet',
        platform.replace(/^datagen-/, ''),
      );
      const program = `${PROGRAM}console.log(report.encoder);\n`.replace(': number', '');
      const encoders = [without, withAddon].map((folder) => {
        writeFileSync(path.join(folder, 'make.mjs'), program);
        return execFileSync(process.execPath, ['make.mjs'], { cwd: folder, encoding: 'utf8' }).split('\n')[1];
      });
      expect(encoders).toEqual(['wasm', 'native']);

      npm(path.join(addon, 'delta'), 'pack', '--silent', '--pack-destination', packed.folder);
      const log = readdirSync(packed.folder).find((name) => /^datagen-delta-[a-z]+-/.test(name)) ?? '';
      const names = ['core', 'ecommerce', 'parquet', 'delta'] as const;
      const [withLog, withoutLog] = [
        await packed.install(...names, log.replace(/^datagen-/, '')),
        await packed.install(...names),
      ];
      const printed = [withLog, withoutLog].map((folder) => {
        const deltaProgram = PROGRAM.replaceAll('parquet', 'delta').replace(': number', '');
        writeFileSync(path.join(folder, 'make.mjs'), deltaProgram);
        const { stdout, stderr } = spawnSync(process.execPath, ['make.mjs'], {
          cwd: folder,
          encoding: 'utf8',
        });
        return `${stdout.trim()}${/DatagenError: (.*)/.exec(stderr)?.[1] ?? ''}`;
      });
      expect(Number.parseInt(printed[0] ?? '')).toBeGreaterThan(6_000);
      expect(printed[1]).toMatch(/has no binary for \S+\. Run `npm install @datagen\/delta-/);
    },
    240_000,
  );

  it('the command line runs, on threads too', async () => {
    const folder = await packed.install(...PACKAGES);
    mkdirSync(path.join(folder, 'work'));
    const bin = path.join(folder, 'node_modules/.bin/datagen');
    const args = [
      'generate',
      'ecommerce',
      './shop',
      '--n-customers',
      '500',
      '--start-date',
      '2026-01-01',
      '--end-date',
      '2026-01-03',
      // Enough rows for threads to be worth their start.
      '--orders-per-day',
      '50000',
      '--max-workers',
      '2',
      '--json',
    ];
    const report = JSON.parse(
      execFileSync(bin, args, { cwd: path.join(folder, 'work'), encoding: 'utf8' }),
    ) as { tables: { table: string; rowCount: number }[] };
    expect(report.tables[0]).toMatchObject({ table: 'customers', rowCount: 500 });
    expect(await query(`SELECT count(*)::INT FROM '${folder}/work/shop/customers/*.parquet'`)).toEqual([
      [500],
    ]);
    const look = ['look', './work/shop', '--html', 'shop.html'];
    expect(execFileSync(bin, look, { cwd: folder, encoding: 'utf8' })).toMatch(/^Wrote a page on 5 tables /);

    // A binary that is there and does not load: the run goes on, and says why it is slower.
    const addon = `@datagen/parquet-${platformTriple()}`;
    const broken = path.join(folder, 'node_modules', addon);
    mkdirSync(broken, { recursive: true });
    writeFileSync(
      path.join(broken, 'package.json'),
      JSON.stringify({ name: addon, version: '0.0.0', main: 'x.node' }),
    );
    writeFileSync(path.join(broken, 'x.node'), 'This is no shared library.');
    const again = [...args.slice(0, 2), './again', ...args.slice(3)];
    const { status, stdout, stderr } = spawnSync(bin, again, { cwd: folder, encoding: 'utf8' });
    const { encoder, warnings } = JSON.parse(stdout) as { encoder: string; warnings: string[] };
    expect([status, encoder, warnings.length]).toEqual([0, 'wasm', 1]);
    // Lines of progress come before it where the run is slow.
    expect(stderr.split('\n').filter((line) => line.startsWith('datagen:'))).toEqual([
      `datagen: ${warnings[0] as string}`,
    ]);
    expect(warnings[0]).toMatch(/^The encoder "native" does not load, .*x\.node: /);
  }, 240_000);
});
