import { describe, expect, it } from '@jest/globals';
import { datagen } from '../terminal.ts';

describe('datagen list', () => {
  it('names generators, formats and storages, each in one line', async () => {
    const { exitCode, stdout } = await datagen(['list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^generator\necommerce +\S.*\nmarket_ohlcv +\S.*\nmarket_quotes +\S.*\nsensors +\S.*\nweather +\S.*\n\nformat\nparquet {3}\S.*\ndelta {5}\S.*\niceberg {3}\S.*\nducklake {2}\S.*\ncsv {7}\S.*\njsonl {5}\S.*\narrow {5}\S.*\n\nstorage\ns3 +\S.*\n\n/,
    );
    expect(JSON.parse((await datagen(['list', '--json'])).stdout)).toEqual({
      generators: ['ecommerce', 'market_ohlcv', 'market_quotes', 'sensors', 'weather'].map((name) => ({
        name,
        description: expect.any(String),
      })),
      formats: ['parquet', 'delta', 'iceberg', 'ducklake', 'csv', 'jsonl', 'arrow'].map((name) => ({
        name,
        description: expect.any(String),
      })),
      storages: [{ name: 's3', description: expect.any(String) }],
    });
  });
});

describe('datagen describe', () => {
  it('shows columns with their types, keys and meaning, and options with their defaults', async () => {
    const { stdout } = await datagen(['describe', 'ecommerce']);
    expect(stdout).toMatch(
      /\norders: \S.* Sorted by order_id\.\n {2}column +type +role\n {2}order_id +int64 +key +\S/,
    );
    expect(stdout).toMatch(/\n {2}customer_id +int64 +→ customers +\S/);
    expect(stdout).toMatch(/\n {2}order_ts +timestamp +time +\S/);
    expect(stdout).toMatch(/\n {2}--n-customers +integer +10000 +\S/);
    expect(stdout).toMatch(/\n {2}--compression +snappy \| zstd \| gzip \| none +snappy +\S/);
    expect(stdout).toMatch(/\n {2}--countries +list of DE,FR\S+ +DE,FR/);
  });

  it('shows the options of a storage by their flags, which have its name', async () => {
    const { stdout } = await datagen(['describe', 's3']);
    expect(stdout).toMatch(
      /^s3 \(storage\): \S.*\n\n {2}option +type +default\n {2}--s3-endpoint-url +string +\S/,
    );
    expect(stdout).toMatch(/\n {2}--s3-abort-uploads-after-hours +number +24 +\S/);
  });

  it('shows the options of a format', async () => {
    const { stdout } = await datagen(['describe', 'parquet']);
    expect(stdout).toMatch(
      /^parquet \(format\): \S.*\n\n {2}option +type +default\n {2}--encoder +auto \| native \| wasm \| javascript +auto/,
    );
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await datagen(['describe', 'ecommerce', '--json']);
    const described = JSON.parse(stdout) as { tables: { columns: unknown[] }[]; options: unknown[] };
    expect(described).toMatchObject({ kind: 'generator', name: 'ecommerce' });
    expect(described.tables[0]).toMatchObject({
      name: 'customers',
      primaryKey: ['customer_id'],
      sortedBy: ['customer_id'],
    });
    expect(described.tables[0]?.columns[0]).toEqual({
      name: 'customer_id',
      type: 'int64',
      nullable: false,
      doc: expect.any(String),
    });
    expect(described.options).toContainEqual({
      flag: '--n-customers',
      name: 'nCustomers',
      type: 'integer',
      default: 10_000,
      description: expect.any(String),
    });
  });
});

describe('help', () => {
  it('lists the commands without loading a plug-in', async () => {
    const loading = () => Promise.reject(new Error('loaded'));
    const builtins = {
      generators: { shop: loading },
      formats: {},
      storages: { s3: { schemes: ['s3'], load: loading } },
    };
    for (const words of [[], ['--help'], ['-h']]) {
      const { exitCode, stdout, stderr } = await datagen(words, { builtins });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain('\n  generate [generator] [output-uri]  Write a dataset');
      expect(stdout).toContain('\nGenerators: shop\n');
      expect(stdout).not.toContain('complete ');
    }
  });

  it('lists the flags of the generator and the format that the words name', async () => {
    const { stdout } = await datagen(['generate', 'ecommerce', '--help'], { isTTY: true });
    const [dataset = '', output = '', other = ''] = stdout.split('\n\n').slice(3);
    expect(dataset).toMatch(/^Dataset options:\n {2}--seed <n> [^]*\(default: 42\)\n {2}--start-date <day>/);
    expect(dataset).toMatch(/--orders-per-day <x>[^]*--countries <a,b,…>/);
    expect(output).toMatch(/^Output options:\n[^]*--mode <name>[^]*--compression <name>[^]*--encoder <name>/);
    expect(other).toMatch(/^Other options:\n {2}--config <file>[^]*--json[^]*--debug[^]*-h, --help/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('says how to see the flags of a generator when none is named', async () => {
    const { stdout } = await datagen(['generate', '--help']);
    expect(stdout).toContain(
      '\nOptions of a generator (ecommerce, market_ohlcv, market_quotes, sensors, weather):  datagen generate <generator> --help\n',
    );
  });

  it.each([['--version'], ['-v'], ['-V']])('prints the version for %s', async (flag) => {
    expect((await datagen([flag])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['help'], ['--help']],
    [
      ['help', 'plan'],
      ['plan', '--help'],
    ],
    [
      ['help', 'plan', 'weather'],
      ['plan', 'weather', '--help'],
    ],
  ])('is what datagen %j shows', async (words, same) => {
    const { exitCode, stdout } = await datagen(words);
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await datagen(same)).stdout);
  });

  it('tells commands as this one was started', async () => {
    const startedAs = 'npm start --';
    expect((await datagen(['--help'], { startedAs })).stdout).toContain(
      '\n  npm start -- generate ecommerce',
    );
    expect((await datagen(['list'], { startedAs })).stdout).toContain(':  npm start -- describe <name>\n');
    expect((await datagen(['describe', 'weather'], { startedAs })).stdout).toMatch(
      /npm start -- preview weather\n$/,
    );
    const { stderr } = await datagen(['generate', 'weather', '--sed'], { startedAs });
    expect(stderr).toMatch(/See npm start -- generate weather --help\.\n$/);
  });
});
