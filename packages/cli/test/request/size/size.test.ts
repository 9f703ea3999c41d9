import path from 'node:path';
import { samplePlugin } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { BUILTINS, type Builtins } from '../../../src/index.ts';
import { datagen, temporaryFolder } from '../../terminal.ts';

const folder = temporaryFolder();
const builtins: Builtins = { ...BUILTINS, generators: { sample: () => Promise.resolve(samplePlugin) } };
const MONTH = ['--start-date', '2026-01-01', '--end-date', '2026-01-30'];
const UNTIL = ['--end-date', '2026-01-30'];

interface Plan {
  readonly size?: { readonly rows?: string; readonly size?: string; readonly options: object };
  readonly dataset: { readonly digest: string };
  readonly tables: readonly { readonly rowCount: number; readonly estimatedByteSize: number }[];
  readonly estimatedByteSize: number;
  readonly estimatedMs: number;
  readonly command: string;
}

async function planOf(words: readonly string[], known = BUILTINS): Promise<Plan> {
  const { stdout, stderr } = await datagen(['plan', ...words, '--json'], { builtins: known });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Plan;
}

const rowsIn = ({ tables }: Plan) => tables.reduce((sum, { rowCount }) => sum + rowCount, 0);

async function refusal(...words: string[]): Promise<string> {
  const { exitCode, stderr } = await datagen(words);
  expect(exitCode).toBe(2);
  return stderr;
}

describe('--rows', () => {
  it.each([
    ['ecommerce', MONTH, 2e6, ['nCustomers', 'ordersPerDay', 'nProducts']],
    ['market_ohlcv', MONTH, 2e6, ['nSymbols']],
    ['market_quotes', MONTH, 20e6, ['nSymbols']],
    ['sensors', MONTH, 2e6, ['nDevices']],
    ['weather', MONTH, 100e3, ['nLocations']],
    // More locations than there can be, or more days than the window has: the start moves.
    ['weather', UNTIL, 20e6, ['startDate', 'nLocations']],
    ['market_ohlcv', UNTIL, 20e3, ['nSymbols', 'startDate']],
  ])(
    'of %s: options that make so many, whose command makes the same dataset',
    async (name, days, rows, names) => {
      const plan = await planOf([name, ...days, '--rows', String(rows)]);
      expect(Math.abs(rowsIn(plan) / rows - 1)).toBeLessThan(0.02);
      expect(Object.keys(plan.size?.options ?? {})).toEqual(names);
      const words = plan.command.split(' ').slice(2);
      const again = await planOf(words);
      expect(again.size).toBeUndefined();
      expect([again.dataset.digest, again.tables]).toEqual([plan.dataset.digest, plan.tables]);
    },
  );

  it('leaves options alone that are given', async () => {
    const plan = await planOf(['ecommerce', ...MONTH, '--rows', '500k', '--n-customers', '1000']);
    expect(plan.command).toContain('--n-customers 1000 ');
    expect(Object.keys(plan.size?.options ?? {})).toEqual(['ordersPerDay', 'nProducts']);
    expect(Math.abs(rowsIn(plan) / 500e3 - 1)).toBeLessThan(0.02);
  });

  it('counts the tables that are asked for', async () => {
    const plan = await planOf(['ecommerce', ...MONTH, '--rows', '30k', '--tables', 'order_items']);
    expect(Math.abs(rowsIn(plan) / 30e3 - 1)).toBeLessThan(0.02);
  });

  it('is refused where no option is left to move, or where they do not reach', async () => {
    expect(await refusal('plan', 'sensors', ...MONTH, '--rows', '1M', '--n-devices', '5')).toBe(
      'datagen: Expected an option that --rows 1M may choose, and there is none: --n-devices and --start-date are given. Leave out --rows or one of them.\n',
    );
    expect(await refusal('plan', 'market_ohlcv', ...MONTH, '--rows', '1M', '--symbols', 'AAPL')).toContain(
      '--symbols and --start-date are given.',
    );
    expect(await refusal('plan', 'weather', ...MONTH, '--rows', '1G')).toMatch(
      /^datagen: Expected --rows to be at most about 225,\d{3}, which weather comes to with --n-locations at its bound, got 1G\./,
    );
    expect(await refusal('plan', 'ecommerce', ...MONTH, '--rows', '50')).toMatch(
      /^datagen: Expected --rows to be at least about [\d,]+, .* at their bounds, got 50\./,
    );
  });

  it.each([
    ['--rows', '0', 'a number of rows from 1 on, as in 5000, 2.5M or 1G, got 0.'],
    ['--rows', '5B', 'a number of rows from 1 on, as in 5000, 2.5M or 1G, got "5B".'],
    ['--size', '10', 'small, medium, large, or bytes with their unit, as in 500MB or 10GB, got "10".'],
    ['--size', '-1GB', 'small, medium, large, or bytes with their unit, as in 500MB or 10GB, got "-1GB".'],
  ])('and %s %s are refused for what they are', async (flag, value, text) => {
    expect(await refusal('plan', 'ecommerce', `${flag}=${value}`)).toBe(
      `datagen: ${flag}: expected ${text}\n`,
    );
  });

  it('stands in a file, where a flag comes before it', async () => {
    const stdin = 'generator: ecommerce\nrows: 40k\nstartDate: 2026-01-01\nendDate: 2026-01-30\n';
    const planned = await datagen(['plan', '--config', '-', '--json'], { stdin });
    expect(Math.abs(rowsIn(JSON.parse(planned.stdout) as Plan) / 40e3 - 1)).toBeLessThan(0.02);
    const other = await datagen(['plan', '--config', '-', '--json', '--size', '2MB'], { stdin });
    const plan = JSON.parse(other.stdout) as Plan;
    expect(plan.size?.size).toBe('2MB');
    expect(Math.abs(plan.estimatedByteSize / 2e6 - 1)).toBeLessThan(0.02);
    const both = await datagen(['plan', '--config', '-'], { stdin: `${stdin}size: 1GB\n` });
    expect(both.stderr).toBe(
      'datagen: stdin:2:1: expected either a size in bytes or a number of rows, got both.\n',
    );
  });

  it('is refused for a generator that does not say how it grows', async () => {
    const words = ['plan', 'sample', '--rows', '5000'];
    const { exitCode, stderr } = await datagen(words, { builtins });
    expect([exitCode, stderr]).toEqual([
      2,
      'datagen: Expected an option that --rows 5000 may choose, and there is none: the generator sample does not say which of its options decide how large a dataset is. Leave out --rows, and give options of the generator.\n',
    ]);
  });
});

describe('--size', () => {
  it.each(['snappy', 'zstd'])('small is written with 10 MB, give or take a tenth, as %s', async (codec) => {
    const out = path.join(folder, codec);
    const words = ['generate', 'ecommerce', out, ...MONTH, '--size', 'small', '--compression', codec];
    const { stdout } = await datagen([...words, '--json']);
    const { tables } = JSON.parse(stdout) as { tables: { byteSize: number }[] };
    const byteSize = tables.reduce((sum, table) => sum + table.byteSize, 0);
    expect(Math.abs(byteSize / 10e6 - 1)).toBeLessThan(0.1);
    const again = await datagen(words);
    expect(again.stdout).toMatch(
      /^Size small: --n-customers \d+ --orders-per-day \d+ --n-products \d+, about 10 MB in all\.$/m,
    );
    expect(again.stdout).toMatch(/^Nothing to do/m);
  });

  it('that no disk holds is a warning, and the plan goes on', async () => {
    const words = ['plan', 'market_quotes', ...MONTH, '--n-symbols', '10000', '--quotes-per-minute', '1000'];
    const { exitCode, stdout, stderr } = await datagen([...words, '--tables', 'quotes']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^It takes about \d+ GB, and about \S+ (hours|min|days) on this machine, as busy as it is \(half to twice that\)\. /m,
    );
    expect(stderr).toMatch(
      /^datagen: The disk of this folder has \S+ [MG]B left, and about \d+ GB are to be written: /,
    );
  });

  it('of a plug-in is estimated by some of its rows', async () => {
    const words = ['sample', path.join(folder, 'sample'), ...MONTH, '--n-sites', '60000'];
    const plan = await planOf(words, builtins);
    const written = await datagen(['generate', ...words, '--json'], { builtins });
    const { tables } = JSON.parse(written.stdout) as { tables: { byteSize: number }[] };
    for (const [i, { byteSize }] of tables.entries()) {
      const ratio = (plan.tables[i]?.estimatedByteSize ?? 0) / byteSize;
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    }
  });
});
