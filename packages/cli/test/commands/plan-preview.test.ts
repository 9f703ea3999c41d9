import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BUILTINS, type Builtins } from '../../src/index.ts';
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
      /^products: .*\nproduct_id {2}sku\n +1 {2}\S+\n… and 7 columns beyond this width: name, brand, category, /,
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
