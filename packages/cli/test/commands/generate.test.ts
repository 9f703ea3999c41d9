import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PartitionSpec } from '@datagen/core';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
let count = 0;
const output = () => path.join(folder, `out-${count++}`);
const filesIn = (dir: string) =>
  (readdirSync(dir, { recursive: true }) as string[]).filter((name) => name.endsWith('.parquet')).sort();
/** The days in the name of a file of a table with time. */
const daysOf = (name: string) => /(\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d)\.parquet$/.exec(name)?.[1];

describe('datagen generate', () => {
  it('writes all tables and says what, how to repeat it and how to look at it', async () => {
    const out = output();
    const { exitCode, stdout, stderr } = await datagen(['generate', 'ecommerce', out, ...SMALL]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    const steady = stdout
      .replaceAll(out, 'OUT')
      .replace(/[\d.]+ kB|in [\d.]+ s \([\d,]+ rows\/s, (native|wasm) encoder\)/g, '#');
    expect(steady).toMatch(
      /^table +rows +files +size\ncustomers +50 +1 +#\nproducts +40 +1 +#\npromotions +[\d,]+ +1 +#\norders +\d+ +1 +#\n/,
    );
    expect(steady).toMatch(/\nWrote [\d,]+ rows of 2026-01-01 to 2026-01-03 to OUT: 5 files, # #\.\n/);
    expect(steady).toContain(
      '\nAgain:  datagen generate ecommerce OUT --start-date 2026-01-01 --end-date 2026-01-03 --seed 42 --n-customers 50 --n-products 40 --orders-per-day 5\n',
    );
    expect(steady).toContain(`\nQuery:  duckdb -c "SELECT * FROM 'OUT/promotions/*.parquet' LIMIT 10"\n`);
    expect(filesIn(out)).toHaveLength(5);
  });

  it('does nothing when the command it printed is run', async () => {
    const out = path.join(folder, "it's $HOME here");
    const flags = ['--partition-by', 'year,month', '--countries', 'DE,FR', '--tables', 'orders,order_items'];
    const first = await datagen(['generate', 'ecommerce', out, ...SMALL, ...flags]);
    const [, again = ''] = /^Again: {2}datagen (.*)$/m.exec(first.stdout) ?? [];
    const before = filesIn(out);
    const words = [...again.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain as string) : quoted.replaceAll(`'\\''`, "'"),
    );
    const { exitCode, stdout } = await datagen(words);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nNothing to do: all \d+ rows of 2026-01-01 to 2026-01-03 are in .* already\.\n/);
    expect(stdout).toContain(again);
    expect(filesIn(out)).toEqual(before);
  });

  it('says how much was there when a longer window adds to it', async () => {
    const out = output();
    await datagen(['generate', 'ecommerce', out, ...SMALL]);
    const { stdout } = await datagen(['generate', 'ecommerce', out, ...SMALL, '--end-date', '2026-01-05']);
    expect(stdout).toMatch(/^table +new rows +files +size +there before\ncustomers +0 +0 +0 B +50\n/);
    expect(stdout).toMatch(/\nWrote \d+ rows .* rows were there already\.\n/);
  });

  it('shows partitions to DuckDB', async () => {
    const out = output();
    const flags = ['--partition-by', 'year,day', '--tables', 'orders'];
    const { stdout } = await datagen(['generate', 'ecommerce', out, ...SMALL, ...flags]);
    expect(stdout).toContain(
      `"SELECT * FROM read_parquet('${out}/orders/**/*.parquet', hive_partitioning = true, hive_types = {day: VARCHAR}) LIMIT 10"`,
    );
    expect(filesIn(out)[0]).toMatch(/^orders\/year=2026\/day=01-01\/.*\.parquet$/);
  });

  it('shows months as text to DuckDB, whichever there are', async () => {
    const days = ['--start-date', '2025-11-30', '--end-date', '2025-12-01', '--launch-date', '2025-01-01'];
    const words = ['generate', 'ecommerce', output(), ...SMALL, '--tables', 'orders', ...days];
    const { stdout } = await datagen([...words, '--partition-by', 'year,month']);
    const [, query = ''] = /^Query: {2}duckdb -c "(.*)"$/m.exec(stdout) ?? [];
    const connection = await (await DuckDBInstance.create()).connect();
    const rows = await connection.runAndReadAll(`SELECT DISTINCT year, month FROM (${query}) ORDER BY ALL`);
    expect(rows.getRows()).toEqual([
      [2025n, '11'],
      [2025n, '12'],
    ]);
  });

  it('shows a bar on a terminal while it runs, and takes it away', async () => {
    const words = ['generate', 'ecommerce', output(), ...SMALL];
    const { stdout, stderr } = await datagen(words, { isTTY: true, env: { NO_COLOR: '1' } });
    const frames = stderr.split('\r\u001B[K');
    expect(frames[1]).toMatch(/^[█░]+ +\d+ % {2}customers/);
    expect(frames.at(-1)).toBe('');
    expect(stdout).toContain('\nWrote ');
  });

  it('leaves options at their default out of the command it prints', async () => {
    const words = ['generate', 'ecommerce', output(), ...SMALL, '--mode', 'error', '--n-products', '5000'];
    const { stdout } = await datagen([...words, '--tables', 'customers']);
    expect(stdout).toMatch(/ --seed 42 --n-customers 50 --orders-per-day 5 --tables customers\n/);
  });

  it('prints exactly one JSON object with --json', async () => {
    const out = output();
    const { exitCode, stdout } = await datagen(['generate', 'ecommerce', out, ...SMALL, '--json']);
    expect(exitCode).toBe(0);
    const report = JSON.parse(stdout) as Record<string, unknown> & { tables: unknown[] };
    expect(report).toMatchObject({
      generator: 'ecommerce',
      output: out,
      format: 'parquet',
      startDate: '2026-01-01',
      endDate: '2026-01-03',
      partitionBy: [],
      mode: 'error',
      options: { seed: 42, nCustomers: 50, compression: 'snappy', rowGroupRows: 262_144 },
      dataset: { generator: 'ecommerce', digest: expect.stringMatching(/^[0-9a-f]{12}$/) },
      elapsedMs: expect.any(Number),
      command: expect.stringMatching(/^datagen generate ecommerce .* --seed 42 /),
    });
    expect(report.tables[0]).toEqual({
      table: 'customers',
      rowCount: 50,
      fileCount: 1,
      byteSize: expect.any(Number),
      adoptedRowCount: 0,
      presentRowCount: 0,
      exact: true,
    });
  });

  it('takes the last 30 full days, and spells them out', async () => {
    const { startDate, endDate } = PartitionSpec.lastDays(30, Date.now());
    const { stdout } = await datagen(['generate', 'ecommerce', output(), '--tables', 'products']);
    expect(stdout).toContain(`--start-date ${startDate} --end-date ${endDate} --seed 42 --tables products\n`);
  });

  it('refuses another dataset, unless told to append or overwrite', async () => {
    const out = output();
    await datagen(['generate', 'ecommerce', out, ...SMALL]);
    const other = ['generate', 'ecommerce', out, ...SMALL, '--seed', '7'];
    expect(await datagen(other)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        `datagen: ${out}/customers holds another dataset: generator "ecommerce" with seed 42, and this run has seed 7. ` +
        'Run with the same options to continue it, choose another output, or use --mode append to keep both or --mode overwrite to replace it.\n',
    });
    const appended = await datagen([...other, '--mode', 'append']);
    expect(appended.stdout).toMatch(/\ncustomers +50 +1 /);
    const replaced = await datagen([...other, '--mode=overwrite']);
    expect(replaced.exitCode).toBe(0);
    expect(replaced.stdout).toMatch(/\nReplaced what was there: removed 10 files \([\d.]+ kB\)\.\n/);
    expect(filesIn(out)).toHaveLength(5);
  });

  it('replaces the days of the window alone with --mode overwrite-window, and by no other dataset', async () => {
    const out = output();
    const words = ['generate', 'ecommerce', out, ...SMALL];
    await datagen([...words, '--file-rows-target', '1']);
    const before = filesIn(out);
    const replace = [...words, '--start-date', '2026-01-02', '--mode', 'overwrite-window'];
    const { stderr } = await datagen([...replace, '--seed', '7']);
    expect(stderr).toContain(
      'holds another dataset: generator "ecommerce" with seed 42, and this run has seed 7',
    );
    expect(filesIn(out)).toEqual(before);
    const { exitCode, stdout } = await datagen(replace);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\nWrote \d+ rows of 2026-01-02 to 2026-01-03 to .*: 2 files, /);
    expect(stdout).toMatch(/\nReplaced what was there: removed 4 files \([\d.]+ kB\)\.\n/);
    const after = filesIn(out);
    expect(before.filter((name) => !after.includes(name)).map(daysOf)).toEqual([
      '2026-01-02_2026-01-02',
      '2026-01-03_2026-01-03',
      '2026-01-02_2026-01-02',
      '2026-01-03_2026-01-03',
    ]);
    expect(after.filter((name) => !before.includes(name)).map(daysOf)).toEqual([
      '2026-01-02_2026-01-03',
      '2026-01-02_2026-01-03',
    ]);
  });

  it.each(['overwrite', 'overwrite-window'])(
    'says of an interrupted run with --mode %s that old rows may lie beside new ones, and which command ends that',
    async (mode) => {
      const out = output();
      const interruption = new AbortController();
      const polling = setInterval(() => {
        if (existsSync(out)) interruption.abort();
      }, 5);
      // So long a run is under way for a while after the first file, which is the claim of a table.
      const long = ['--orders-per-day', '100000', '--start-date', '2025-01-01', '--max-workers', '1'];
      const words = ['generate', 'ecommerce', out, ...SMALL, ...long, '--mode', mode];
      const { exitCode, stderr } = await datagen(words, { signal: interruption.signal });
      clearInterval(polling);
      expect(exitCode).toBe(130);
      expect(stderr).toContain(
        'datagen: Interrupted. Nothing was removed. Where tables are plain files, old rows may lie beside new ones ' +
          `until the same command has come to its end: datagen generate ecommerce ${out} `,
      );
      expect(stderr).toContain(` --mode ${mode}`);
    },
    30_000,
  );

  it('names a file in the place of a folder, and leaves it alone', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, 'precious');
    expect(await datagen(['generate', 'ecommerce', `${file}/out`, ...SMALL])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `datagen: Cannot list ${file}/out/customers: a file is in the place of a folder. Remove it or choose another output.\n`,
    });
    const { stderr } = await datagen(['generate', 'ecommerce', file, ...SMALL]);
    expect(stderr).toMatch(/^datagen: Cannot list .*a-file\/customers: a file is in the place of a folder/);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('names an output that cannot be written to', async () => {
    const { exitCode, stderr } = await datagen(['generate', 'ecommerce', '/proc/datagen', ...SMALL]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^datagen: Cannot write \/proc\/datagen\/\S+: no folder can be made there\. Choose another output\.\n$/,
    );
  });

  it('marks an estimate of what is there', async () => {
    const words = [
      'generate',
      'market_quotes',
      output(),
      '--start-date',
      '2026-01-05',
      '--end-date',
      '2026-01-05',
    ];
    const few = ['--n-symbols', '1', '--quotes-per-minute', '1'];
    expect((await datagen([...words, ...few])).stdout).not.toContain('~');
    const { stdout } = await datagen([...words, ...few]);
    expect(stdout).toMatch(/\nquotes +0 +0 +0 B +~\d+\n/);
    expect(stdout).toMatch(/\nNothing to do: all ~\d+ rows of .*\nA number after ~ is an estimate\.\n/);
    const { tables } = JSON.parse((await datagen([...words, ...few, '--json'])).stdout) as {
      tables: unknown;
    };
    expect(tables).toEqual([
      expect.objectContaining({ table: 'symbols', exact: true }),
      expect.objectContaining({ table: 'quotes', exact: false }),
    ]);
  });

  it('does not begin once it is interrupted', async () => {
    const out = output();
    const outcome = await datagen(['generate', 'ecommerce', out, ...SMALL], { signal: AbortSignal.abort() });
    expect(outcome).toEqual({ exitCode: 130, stdout: '', stderr: 'datagen: Interrupted.\n' });
    expect(existsSync(out)).toBe(false);
  });
});
