import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { datagen, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
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
      'compression: zstd',
      'encoder: javascript',
    );
    expect(await planOf(['--config', file])).toMatchObject({
      generator: 'ecommerce',
      output: './somewhere',
      format: 'parquet',
      startDate: '2026-01-01',
      endDate: '2026-01-03',
      partitionBy: ['year', 'month'],
      options: { seed: 7, nCustomers: 100, countries: ['DE'], compression: 'zstd', encoder: 'javascript' },
      tables: [{ table: 'customers' }, { table: 'orders', partitionCount: 1 }],
      command:
        'datagen plan ecommerce ./somewhere --start-date 2026-01-01 --end-date 2026-01-03 --seed 7 --n-customers 100 --countries DE ' +
        '--partition-by year,month --mode append --tables orders,customers --compression zstd --encoder javascript',
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
    [['mode: [append]'], '5:1: mode: expected one of error, append, overwrite, got ["append"].'],
    [['nCustomer: 5'], '5:1: unknown key `nCustomer`. Did you mean `nCustomers`?'],
    [['seed: 1', 'seed: 2'], '6:1: Map keys must be unique.'],
    [['seed: [1'], '5:9: Flow sequence in block collection must be sufficiently indented and end with a ].'],
    [
      ['nCustomers: 0'],
      '5:1: Expected `nCustomers` above 0 for --orders-per-day above 0: orders need a customer.',
    ],
    [['format: 3'], '5:1: format: expected a text, got 3.'],
    [
      ['launchDate: 2026-06-01'],
      '5:1: Expected a start date on or after the `launchDate` 2026-06-01 of the shop, got 2026-01-01.',
    ],
  ])('says where it is wrong: %j', async (lines, sentence) => {
    const file = configFile(...SHOP, ...lines);
    expect(await datagen(['plan', '--config', file])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `datagen: ${file}:${sentence}\n`,
    });
  });

  it('must hold keys and values', async () => {
    const file = configFile('- ecommerce');
    expect(await planOf(['--config', file])).toEqual({
      stderr: `datagen: ${file}:1:1: expected keys and values, as in \`generator: ecommerce\`.\n`,
    });
  });
});
