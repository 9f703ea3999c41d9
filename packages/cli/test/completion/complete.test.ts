import { describe, expect, it } from '@jest/globals';
import { datagen } from '../terminal.ts';

const FILES = 'files';
const NOTHING_ELSE = 'nothing';
const FOLDERS = 'folders';

/** The values offered after some words, the last of which is being typed, and the directive. */
async function completions(...typed: string[]) {
  const { stdout } = await datagen(['complete', '--', ...typed]);
  const lines = stdout.trimEnd().split('\n');
  return {
    values: lines.slice(0, -1).map((line) => line.split('\t')[0]),
    directive: lines.at(-1)?.slice(1),
  };
}

const only = (...values: string[]) => ({ values, directive: NOTHING_ELSE });

const GENERATORS = ['ecommerce', 'market_ohlcv', 'market_quotes', 'sensors', 'weather'];

describe('completion', () => {
  it.each([
    [[''], ['generate', 'plan', 'preview', 'look', 'list', 'describe', 'init', 'schema', 'completion']],
    [['p'], ['plan', 'preview']],
    [['generate', ''], GENERATORS],
    [
      ['describe', ''],
      [...GENERATORS, 'parquet', 'delta', 'iceberg', 'ducklake', 'csv', 'jsonl', 'arrow', 's3'],
    ],
    [['completion', 'z'], ['zsh']],
    [['generate', 'ecommerce', './out', '--n-c'], ['--n-customers']],
    [['generate', '--par'], ['--partition-by']],
    [
      ['generate', 'ecommerce', '--format', ''],
      ['parquet', 'delta', 'iceberg', 'ducklake', 'csv', 'jsonl', 'arrow'],
    ],
    [['generate', 'ecommerce', '--compression', 's'], ['snappy']],
    [['generate', 'ecommerce', '--compression=z'], ['zstd']],
    [['generate', 'ecommerce', '--tables', 'orders,c'], ['orders,customers']],
    [['generate', 'ecommerce', '--tables', 'orders,o'], ['orders,order_items']],
    [['generate', 'ecommerce', '--countries', 'D'], ['DE']],
    [['generate', 'ecommerce', '--partition-by', 'year,m'], ['year,month']],
    [
      ['preview', 'ecommerce', '--table', 'o'],
      ['orders', 'order_items'],
    ],
    [['generate', 'no-such', '--see'], ['--seed']],
    [
      ['look', './out', '--format', 'd'],
      ['delta', 'ducklake'],
    ],
    [['look', './out', '--format', 'ducklake', '--cat'], ['--catalog']],
    [['generate', 'ecommerce', '--seed', ''], []],
    [
      ['list', '-'],
      ['--plugin', '--config', '--json', '--debug', '--help'],
    ],
  ])('offers what can come after %j', async (typed, values) => {
    expect(await completions(...typed)).toEqual(only(...values));
  });

  it('leaves folders and files to the shell', async () => {
    expect(await completions('generate', '--seed', '7', 'ecommerce', '')).toEqual({
      values: [],
      directive: FOLDERS,
    });
    expect(await completions('look', '')).toEqual({ values: [], directive: FOLDERS });
    for (const words of [
      ['generate', '--config', ''],
      ['look', './out', '--html', ''],
    ])
      expect(await completions(...words)).toEqual({ values: [], directive: FILES });
  });

  it('takes words that no quoting can harm', async () => {
    const words = ['generate', 'ecommerce', 'it\'s "$(x)" & `y`', '--n-cus'];
    const encoded = Buffer.from(JSON.stringify(words)).toString('base64');
    const { stdout } = await datagen(['complete', '--encoded', encoded]);
    expect(stdout).toBe('--n-customers\tRows of `customers` (default: 10000)\n:nothing\n');
  });

  it('describes what it offers', async () => {
    const { stdout } = await datagen(['complete', '--', 'generate', 'ecommerce', '--n-cus']);
    expect(stdout).toBe('--n-customers\tRows of `customers` (default: 10000)\n:nothing\n');
  });

  it.each([
    ['bash', 'complete -o default -F __datagen_complete datagen'],
    ['zsh', '#compdef datagen'],
    ['fish', 'complete -c datagen'],
    ['powershell', 'Register-ArgumentCompleter'],
  ])('prints a script for %s', async (shell, line) => {
    const { exitCode, stdout } = await datagen(['completion', shell]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(line);
    expect(stdout).toContain('datagen complete ');
  });
});
