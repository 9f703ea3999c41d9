import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { datagen, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const NOBODY = 65_534;
let count = 0;

function configFile(...lines: string[]): string {
  const file = path.join(folder, `datagen-${count++}.yaml`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function planOf(words: readonly string[]) {
  const { stdout, stderr } = await datagen(['plan', ...words, '--json']);
  return stderr === '' ? (JSON.parse(stdout) as Record<string, unknown>) : { stderr };
}

/** Lets a test that runs as root, whom no permissions stop, act as the user `nobody`. */
async function asOrdinaryUser<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

const SHOP = ['generator: ecommerce', 'output: ./somewhere', 'startDate: 2026-01-01', 'endDate: 2026-01-03'];

describe('a configuration file', () => {
  it('stands for all that can be given by words and flags', async () => {
    const file = configFile(
      ...SHOP,
      'format: parquet',
      'partitionBy: [year, month]',
      'tables: orders,customers',
      'mode: append',
      'seed: 7',
      'nCustomers: 100',
      'countries: DE',
      'compression: gzip',
      'encoder: javascript',
    );
    expect(await planOf(['--config', file])).toMatchObject({
      generator: 'ecommerce',
      output: './somewhere',
      format: 'parquet',
      startDate: '2026-01-01',
      endDate: '2026-01-03',
      partitionBy: ['year', 'month'],
      options: { seed: 7, nCustomers: 100, countries: ['DE'], compression: 'gzip', encoder: 'javascript' },
      tables: [{ table: 'customers' }, { table: 'orders', partitionCount: 1 }],
      command:
        'datagen plan ecommerce ./somewhere --start-date 2026-01-01 --end-date 2026-01-03 --seed 7 --n-customers 100 --countries DE ' +
        '--partition-by year,month --mode append --tables orders,customers --compression gzip --encoder javascript',
    });
  });

  it('gives way to words and flags, and comes before defaults', async () => {
    const file = configFile(...SHOP, 'seed: 7', 'nCustomers: 100');
    const words = ['ecommerce', './elsewhere', '--config', file, '--n-customers=200'];
    expect(await planOf(words)).toMatchObject({
      output: './elsewhere',
      options: { seed: 7, nCustomers: 200, nProducts: 5000 },
    });
  });

  it('leaves out the generator: one path is the output', async () => {
    const file = configFile('generator: ecommerce');
    expect(await planOf(['./elsewhere', '--config', file])).toMatchObject({ output: './elsewhere' });
    expect(await planOf(['elsewhere', '--config', file])).toEqual({
      stderr:
        'datagen: Unknown generator "elsewhere". Known: ecommerce, market_ohlcv, market_quotes, sensors, weather.\n',
    });
  });

  it.each([
    [['nCustomers: -5'], '5:1: nCustomers: expected at least 0, got -5.'],
    [['', 'nCustomers: lots'], '6:1: nCustomers: expected a value of type number, got "lots".'],
    [
      ['compression: snapy'],
      '5:1: compression: expected one of snappy, zstd, gzip, none, got "snapy". Did you mean "snappy"?',
    ],
    [
      ['countries: [DE, XX]'],
      '5:17: countries: expected one of DE, FR, ES, IT, PL, NL, SE, BE, CH, AT, got "XX".',
    ],
    [['tables: []'], '5:1: tables: expected names of tables, got [].'],
    [
      ['mode: [append]'],
      '5:1: mode: expected one of error, append, overwrite, overwrite-window, got ["append"].',
    ],
    [['nCustomer: 5'], '5:1: unknown key `nCustomer`. Did you mean `nCustomers`?'],
    [['seed: 1', 'seed: 2'], '6:1: expected every key once, and this one is repeated.'],
    [['seed: [1'], '5:9: expected a list or map in brackets to be indented and to end with its bracket.'],
    [
      ['nCustomers: 0'],
      '5:1: Expected `nCustomers` above 0 for --orders-per-day above 0: orders need a customer.',
    ],
    [['format: 3'], '5:1: format: expected a text, got 3.'],
    [
      ['launchDate: 2026-06-01'],
      '5:1: Expected a start date on or after the `launchDate` 2026-06-01 of the shop, got 2026-01-01.',
    ],
    [[' nProducts: 5'], '5:2: expected this line to be indented like the one before.'],
    [['nProducts: 5', '---', 'seed: 1'], '6:1: expected one document, and a second one begins here.'],
    [['nProducts: *few'], '5:12: expected an alias of an anchor that stands before it.'],
    [['countries: &all [*all]'], '5:18: expected an alias of an anchor that stands before it.'],
    [['seed: !!binary aGk='], '5:1: seed: expected a value of type number, got {"0":104,"1":105}.'],
    [['seed: !mine 5'], '5:7: expected no tags or directives.'],
    [['? [a, b]', ': 5'], '5:3: expected a name as key, as in `generator: ecommerce`.'],
    [['nCustomers: .inf'], '5:1: nCustomers: expected a value of type number, got Infinity.'],
    [['tables: [orders, orders]'], '5:1: tables: expected every name once, got "orders" twice.'],
    [
      ['mode: {a: secret}'],
      '5:1: mode: expected one of error, append, overwrite, overwrite-window, got {"a":"secret"}.',
    ],
    [['plugins: [5]'], '5:1: plugins: expected packages or paths of modules, got 5.'],
  ])('says where it is wrong: %j', async (lines, sentence) => {
    const file = configFile(...SHOP, ...lines);
    expect(await datagen(['plan', '--config', file])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `datagen: ${file}:${sentence}\n`,
    });
  });

  it('may name a value once and use it again', async () => {
    const file = configFile(...SHOP, 'nCustomers: &few 100', 'nProducts: *few');
    expect(await planOf(['--config', file])).toMatchObject({ options: { nCustomers: 100, nProducts: 100 } });
  });

  it('may come from the standard input', async () => {
    const { stdout } = await datagen(['plan', '--config', '-', '--json'], { stdin: SHOP.join('\n') });
    expect(JSON.parse(stdout)).toMatchObject({ generator: 'ecommerce', startDate: '2026-01-01' });
    const { stderr } = await datagen(['plan', '--config', '-'], { stdin: 'seeed: 5\ngenerator: ecommerce' });
    expect(stderr).toBe('datagen: stdin:1:1: unknown key `seeed`. Did you mean `seed`?\n');
  });

  it('is never shown if it was no configuration', async () => {
    const secrets = [
      'root:x:0:0:root',
      'DB_PASSWORD=hunter2',
      '"hunter2 is it": 5',
      '{hunter2: [',
      'a: hunter2: b',
    ];
    for (const text of secrets) {
      const { exitCode, stderr } = await datagen(['plan', 'ecommerce', '--config', configFile(text)]);
      expect([exitCode, stderr.replace(/\/\S+\.yaml/, '')]).toEqual([
        2,
        expect.not.stringMatching(/hunter2|root/),
      ]);
    }
  });

  it('that cannot be read is named, with the reason', async () => {
    const read = async (name: string) => (await datagen(['plan', 'ecommerce', '--config', name])).stderr;
    expect(await read(folder)).toBe(`datagen: Cannot read ${folder}: it is a folder; give the file in it.\n`);
    const file = configFile('seed: 1');
    expect(await read(`${file}/x`)).toBe(
      `datagen: Cannot read ${file}/x: a file is in the place of a folder.\n`,
    );
    const loop = path.join(folder, 'loop');
    symlinkSync(loop, loop);
    expect(await read(loop)).toBe(`datagen: Cannot read ${loop}: its links lead in a circle.\n`);
    const long = path.join(folder, 'x'.repeat(300));
    expect(await read(long)).toBe(`datagen: Cannot read ${long}: the name is too long.\n`);
    chmodSync(file, 0);
    // What is unreadable shall be the file, and not the folder around it.
    chmodSync(folder, 0o755);
    expect(await asOrdinaryUser(() => read(file))).toBe(
      `datagen: Cannot read ${file}: its permissions do not let you.\n`,
    );
  });

  it('must hold keys and values', async () => {
    const file = configFile('- ecommerce');
    expect(await planOf(['--config', file])).toEqual({
      stderr: `datagen: ${file}:1:1: expected keys and values, as in \`generator: ecommerce\`.\n`,
    });
  });
});
