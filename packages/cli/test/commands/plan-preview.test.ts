import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { BUILTINS, type Builtins, run } from '../../src/index.ts';
import { samplePlugin } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const builtins: Builtins = { ...BUILTINS, generators: { sample: () => Promise.resolve(samplePlugin) } };
const DAY = ['--start-date', '2026-01-05', '--end-date', '2026-01-05'];

describe('datagen plan', () => {
  it('shows partitions, files and rows, and writes nothing', async () => {
    const words = [
      'plan',
      'ecommerce',
      folder,
      ...SMALL,
      '--partition-by',
      'day',
      '--tables',
      'customers,orders',
    ];
    const { exitCode, stdout } = await datagen(words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^table +partitions +files +rows\ncustomers +1 +1 +50\norders +3 +3 +\d+\n/);
    expect(stdout).toMatch(/\n\d+ rows in 4 files, 2026-01-01 to 2026-01-03\. Nothing was written\.\n/);
    expect(stdout).toContain(`\nTo write it:  datagen generate ecommerce ${folder} --start-date 2026-01-01`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells what is there and what is missing', async () => {
    const out = path.join(folder, 'grown');
    const words = ['ecommerce', out, ...SMALL, '--partition-by', 'day'];
    await datagen(['generate', ...words]);
    const before = readdirSync(out, { recursive: true }).sort();
    const whole = await datagen(['plan', ...words]);
    expect(whole.stdout).toMatch(
      /^table +partitions +files +rows +there +missing +in files\ncustomers +1 +1 +50 +50 +0 +0\n/,
    );
    expect(whole.stdout).toMatch(/: all of them are in \S+grown already\. Nothing was written\.\n/);
    expect(whole.stdout).not.toContain('To write it');
    const longer = [...words, '--end-date', '2026-01-04'];
    const { stdout } = await datagen(['plan', ...longer]);
    expect(stdout).toMatch(/\norders +4 +4 +(\d+) +\d+ +\d+ +1\n/);
    expect(stdout).toMatch(/: \d+ rows in 2 files are missing in \S+grown\. Nothing was written\.\n/);
    const json = JSON.parse((await datagen(['plan', ...longer, '--json'])).stdout) as { tables: unknown[] };
    expect(json.tables[3]).toEqual({
      table: 'orders',
      partitionCount: 4,
      fileCount: 4,
      rowCount: expect.any(Number),
      exact: true,
      presentRowCount: expect.any(Number),
      missingFileCount: 1,
      missingRowCount: expect.any(Number),
      estimatedByteSize: expect.any(Number),
    });
    expect(readdirSync(out, { recursive: true }).sort()).toEqual(before);
  });

  it('refuses an output that holds another dataset, as generate does', async () => {
    const words = ['ecommerce', path.join(folder, 'taken'), ...SMALL];
    await datagen(['generate', ...words]);
    const refused = await datagen(['plan', ...words, '--seed', '7']);
    expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('holds another dataset')]);
    expect(refused).toEqual(await datagen(['generate', ...words, '--seed', '7']));
    const replaced = await datagen(['plan', ...words, '--seed', '7', '--mode', 'overwrite']);
    expect(replaced.stdout).toContain('--mode overwrite\n');
  });

  it('proposes a folder of its own for each generator', async () => {
    const proposed = async (name: string) => (await datagen(['plan', name, ...DAY])).stdout;
    expect(await proposed('market_ohlcv')).toContain(' generate market_ohlcv ./out/market_ohlcv ');
    expect(await proposed('market_quotes')).toContain(' generate market_quotes ./out/market_quotes ');
  });

  it('refuses what generate would refuse', async () => {
    const planned = (...words: string[]) => datagen(['plan', 'ecommerce', ...words, ...SMALL]);
    expect((await planned('--partition-by', 'yer')).stderr).toMatch(/^datagen: Cannot partition by `yer`/);
    expect((await planned('s4://x')).stderr).toMatch(/^datagen: Expected the output to be a local path/);
  });

  it('marks estimates', async () => {
    const estimating: Builtins = {
      ...BUILTINS,
      generators: {
        sample: () =>
          Promise.resolve({
            ...samplePlugin,
            create: (options) => {
              const generator = samplePlugin.create(samplePlugin.options.parse(options));
              const blocks = generator.blocks.bind(generator);
              generator.blocks = function* (table, window) {
                for (const block of blocks(table, window)) yield { ...block, exact: table.name === 'sites' };
              };
              return generator;
            },
          }),
      },
    };
    const { stdout } = await datagen(['plan', 'sample', ...DAY], { builtins: estimating });
    expect(stdout).toMatch(/\nsites +1 +1 +200\nevents +1 +1 +~300\n\n~500 rows in 2 files/);
    expect(stdout).toContain('\nA number after ~ is an estimate.\n');
  });
});

describe('datagen preview', () => {
  it('shows values of every type as people write them', async () => {
    const words = ['preview', 'sample', ...DAY, '--table', 'events', '--rows', '2', '--json'];
    const { stdout } = await datagen(words, { builtins });
    const { events } = JSON.parse(stdout) as { events: Record<string, unknown>[] };
    expect(events).toEqual([
      {
        event_id: 61_374_000_000,
        site_id: expect.any(Number),
        ts: '2026-01-05T00:07:12.000000Z',
        group: '50% off/é',
        small: expect.any(Number),
        ratio: null,
        price: expect.stringMatching(/^-?\d+\.\d+$/),
        event_date: null,
        flag: expect.any(Boolean),
        kind: expect.any(String),
        note: 'note ünd 0000',
      },
      expect.objectContaining({ ts: '2026-01-05T00:21:36.000000Z', event_date: '2026-01-05' }),
    ]);
  });

  it('reads numbers as other flags do', async () => {
    const words = ['preview', 'ecommerce', '--table', 'customers', '--rows', '1e1', '--n-customers', '1_0'];
    expect((await datagen(words)).stdout.split('\n')).toHaveLength(1 + 1 + 10 + 1);
  });

  it('shows pages of rows below one header, as JSON in one array', async () => {
    const words = ['preview', 'ecommerce', '--table', 'products', '--rows', '2500'];
    const { stdout } = await datagen(words);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2 + 2_500);
    expect(lines.at(-1)).toMatch(/^ +2500 /);
    const json = (await datagen([...words, '--json'])).stdout;
    const { products } = JSON.parse(json) as { products: { product_id: number }[] };
    expect(products.map((row) => row.product_id)).toEqual(Array.from({ length: 2_500 }, (_, i) => i + 1));
    expect(json).toBe(`${JSON.stringify({ products }, undefined, 2)}\n`);
  });

  it('waits for its reader, and makes no more once that has seen enough', async () => {
    let blockCount = 0;
    const endless: Builtins = {
      ...BUILTINS,
      generators: {
        sample: () =>
          Promise.resolve({
            ...samplePlugin,
            create: (options) => {
              const generator = samplePlugin.create(samplePlugin.options.parse(options));
              const blocks = generator.blocks.bind(generator);
              generator.blocks = function* (table, window) {
                for (const block of blocks(table, window)) {
                  blockCount++;
                  yield block;
                }
              };
              return generator;
            },
          }),
      },
    };
    let written = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write: (chunk: Buffer, _, done) => {
        written += chunk.length;
        done(written < 100_000 ? null : Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const words = ['preview', 'sample', '--table', 'events', '--rows', '1e9', '--start-date', '2000-01-01'];
    const options = { stdin: Readable.from([]), stdout, stderr: new Writable(), env: {} };
    expect(await run([...words, '--end-date', '2029-12-31'], options, endless)).toBe(0);
    expect(blockCount).toBeGreaterThan(0);
    expect(blockCount).toBeLessThan(30);
  });

  it('aligns columns, numbers to the right', async () => {
    const { stdout } = await datagen(['preview', 'sample', '--table', 'sites', '--rows=2'], { builtins });
    expect(stdout).toBe(
      'sites: A place that events happen at.\nsite_id  label\n      1  Site 1\n      2  Site 2\n',
    );
  });

  it('leaves out columns that a terminal is too narrow for, and names them', async () => {
    const words = ['preview', 'ecommerce', '--table', 'products', '--rows', '1'];
    const { stdout } = await datagen(words, { isTTY: true, columns: 30, env: { NO_COLOR: '1' } });
    expect(stdout).toMatch(
      /^products: .*\nproduct_id {2}sku\n +1 {2}\S+\n… and 9 columns beyond this width: name, brand, category, /,
    );
  });

  it('makes no more blocks than the rows need', async () => {
    const made: string[] = [];
    const counting: Builtins = {
      ...BUILTINS,
      generators: {
        sample: () =>
          Promise.resolve({
            ...samplePlugin,
            create: (options) => {
              const generator = samplePlugin.create(samplePlugin.options.parse(options));
              const generate = generator.generate.bind(generator);
              generator.generate = (table, block) => {
                made.push(`${table.name} ${block.key}`);
                return generate(table, block);
              };
              return generator;
            },
          }),
      },
    };
    const words = [
      'preview',
      'sample',
      '--start-date',
      '2026-01-05',
      '--end-date',
      '2026-12-31',
      '--rows',
      '150',
    ];
    await datagen(words, { builtins: counting });
    expect(made).toEqual(['sites r000000000000', 'events 2026-01-05~0', 'events 2026-01-05~1']);
  });

  it('takes a configuration file that is made for generate', async () => {
    const file = path.join(folder, 'datagen.yaml');
    writeFileSync(
      file,
      'generator: ecommerce\noutput: ./out\ntables: customers\ncompression: zstd\nnCustomers: 3\n',
    );
    const { stdout, stderr } = await datagen(['preview', '--config', file]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^customers: .*\ncustomer_id .*(\n +\d .*){3}\n$/);
  });
});
