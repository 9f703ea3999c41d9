import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { BUILTINS } from '../../src/builtins.ts';
import { datagen, type Outcome, temporaryFolder } from '../terminal.ts';

const shop = ['generate', 'ecommerce', path.join(temporaryFolder(), 'wrong')];
const formats = Object.keys(BUILTINS.formats).join(', ');
const refusal = (...lines: string[]): Outcome => ({
  exitCode: 2,
  stdout: '',
  stderr: lines.map((line) => `datagen: ${line}\n`).join(''),
});

describe('wrong usage', () => {
  it.each([
    [
      ['genrate'],
      'Unknown command "genrate". Did you mean "generate"? Known: generate, plan, preview, look, list, describe, init, schema, completion.',
    ],
    [
      ['generate', 'ecomerce', './out'],
      'Unknown generator "ecomerce". Did you mean "ecommerce"? Known: ecommerce, market_ohlcv, market_quotes, sensors, weather.',
    ],
    [[...shop, '--format', 'parket'], `Unknown format "parket". Did you mean "parquet"? Known: ${formats}.`],
    [
      [...shop, '--n-custmers', '5'],
      'Unknown option --n-custmers. Did you mean --n-customers? See datagen generate ecommerce --help.',
    ],
    [['--versoin'], 'Unknown option --versoin. Did you mean --version? See datagen --help.'],
    [['list', '--nothing-like-it'], 'Unknown option --nothing-like-it. See datagen list --help.'],
    [
      [...shop, '--compression', 'snapy'],
      '--compression: expected one of snappy, zstd, gzip, none, got "snapy". Did you mean "snappy"?',
    ],
    [[...shop, '--n-customers', '-5'], '--n-customers: expected at least 0, got -5.'],
    [[...shop, '--n-customers=1.5'], '--n-customers: expected a whole number, got 1.5.'],
    [[...shop, '--n-customers', 'many'], '--n-customers: expected a value of type number, got "many".'],
    [[...shop, '--n-customers', ''], '--n-customers: expected a value of type number, got "".'],
    [[...shop, '--n-customers'], '--n-customers needs a value.'],
    [
      [...shop, '--n-customers', '0'],
      'Expected --n-customers above 0 for --orders-per-day above 0: orders need a customer.',
    ],
    [
      [...shop, '--mode', 'replace'],
      '--mode: expected one of error, append, overwrite, overwrite-window, got "replace".',
    ],
    [
      [...shop, '--tables', 'ordrs'],
      'Unknown table of ecommerce "ordrs". Did you mean "orders"? Known: customers, products, promotions, orders, order_items.',
    ],
    [[...shop, '--tables', ','], '--tables: expected names of tables, got [].'],
    [
      [...shop, '--partition-by', 'yer'],
      'Cannot partition by `yer`: no table has that column. Did you mean "year"? Use a time unit (year, month, week, day, hour) or a column that is constant in a block.',
    ],
    [
      [...shop, '--partition-by', 'hour'],
      'Cannot partition `orders` by `hour`: it is generated in longer blocks. The finest unit that works is `day`.',
    ],
    [
      [...shop, '--partition-by', 'day,year'],
      'Expected --partition-by to go from coarse to fine without repeats (year, month, week, day, hour), got "day,year".',
    ],
    [[...shop, '--start-date', 'soon'], '--start-date: expected a day as YYYY-MM-DD, got "soon".'],
    [
      [...shop, '--start-date', '2026-02-30', '--end-date', '2026-03-01'],
      '--start-date: expected a day as YYYY-MM-DD, got "2026-02-30": there is no such day.',
    ],
    [
      [...shop, '--start-date', '2026-02-01', '--end-date', '2026-01-01'],
      'Expected --end-date (2026-01-01) to be on or after --start-date (2026-02-01); both days are included.',
    ],
    [
      [...shop, '--start-date', '2021-12-31', '--end-date', '2022-01-02'],
      'Expected a start date on or after the --launch-date 2022-01-01 of the shop, got 2021-12-31.',
    ],
    [
      ['generate', 'ecommerce', 's4://bucket'],
      'Expected the output to be a local path, file:///… or memory:name, got "s4://bucket".',
    ],
    [
      ['generate', 'ecommerce'],
      'Expected an output after the generator, as in datagen generate ecommerce ./out/ecommerce, or an output in a file given by --config.',
    ],
    [
      ['generate'],
      'Expected the name of a generator, or `generator` in a file given by --config. Known: ecommerce, market_ohlcv, market_quotes, sensors, weather.',
    ],
    [[...shop, 'more'], 'Unexpected "more": datagen generate takes generator and output-uri.'],
    [['list', 'more'], 'Unexpected "more": datagen list takes flags only.'],
    [['describe'], "Missing required argument 'name'."],
    [
      ['describe', 'parket'],
      `Unknown generator, format or storage "parket". Did you mean "parquet"? Known: ecommerce, market_ohlcv, market_quotes, sensors, weather, ${formats}, s3.`,
    ],
    [
      ['completion', 'bahs'],
      'Unknown shell "bahs". Did you mean "bash"? Known: bash, zsh, fish, powershell.',
    ],
    [['preview', 'ecommerce', '--rows', '0'], '--rows: expected at least 1, got 0.'],
    [['preview', 'ecommerce', '--rows', '1.5'], '--rows: expected a whole number, got 1.5.'],
    [[...shop, '--n-customers', '1e309'], '--n-customers: expected a value of type number, got "1e309".'],
    [[...shop, '--tables', 'orders,orders'], '--tables: expected every name once, got "orders" twice.'],
    [[...shop, '--countries', 'DE,FR,DE'], '--countries: expected every name once, got "DE" twice.'],
    [
      [...shop, '--partition-by', 'countries'],
      'Cannot partition by `countries`: no table has that column. Did you mean "country"? Use a time unit (year, month, week, day, hour) or a column that is constant in a block.',
    ],
    [
      [...shop, '--partition-by', 'signup_date'],
      'Cannot partition by `signup_date`: `customers` has that column, but no time, and is never partitioned. Use a time unit (year, month, week, day, hour) or a column that is constant in a block.',
    ],
    [
      [...shop, '--partition-by', 'status', '--tables', 'order_items'],
      'Cannot partition by `status`: `orders` has that column, but is not written. Use a time unit (year, month, week, day, hour) or a column that is constant in a block.',
    ],
    [
      ['plan', 'weather', '--partition-by', 'location_id'],
      'Cannot partition `weather_hourly` by `location_id`: its blocks hold more than one value of it. Use one of: year, month, week, day, hour. Or add --split-locations, which cuts it into blocks of one location_id each.',
    ],
    [
      ['plan', 'market_ohlcv', '--frequency', '1h', '--partition-by', 'symbol'],
      'Cannot partition `ohlcv` by `symbol`: its blocks hold more than one value of it. Use one of: year, month, week, day, hour. Or add --frequency 1m, which cuts it into blocks of one symbol each. It works for --tables dividends,earnings.',
    ],
    [
      ['preview', 'ecommerce', '--table', 'order'],
      'Unknown table of ecommerce "order". Did you mean "orders"? Known: customers, products, promotions, orders, order_items.',
    ],
    [['generate', 'ecommerce', '--config', 'no-such.yaml'], 'Cannot read no-such.yaml: it does not exist.'],
  ])('answers datagen %j in one sentence', async (words, sentence) => {
    expect(await datagen(words)).toEqual(refusal(sentence));
  });

  it('names all wrong options at once', async () => {
    const words = [...shop, '--seed', 'x', '--n-customers', '-1', '--encoder', 'magic'];
    expect(await datagen(words)).toEqual(
      refusal(
        '--seed: expected a value of type number, got "x".',
        '--n-customers: expected at least 0, got -1.',
        '--encoder: expected one of auto, native, wasm, javascript, got "magic".',
      ),
    );
  });

  it('adds where an error comes from with --debug', async () => {
    const { stderr } = await datagen([...shop, '--n-customers', '-5', '--debug']);
    expect(stderr).toMatch(/^datagen: --n-customers: expected at least 0, got -5\.\n.*\n +at /);
  });
});
