// `npm run bench`: rows a second, bytes and memory of every domain, measured again.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, root } from '../ensure.mjs';
import { DATASETS } from './datasets.mjs';

const allNames = Object.keys(DATASETS);
const USAGE = `Usage: npm run bench -- [options]

  --rows N         rows of each dataset; the default is 5 million
  --only NAME      one dataset (repeatable): ${allNames.join(' · ')}
  --sweep          1, 10 and 100 million rows of the first dataset: does memory stay flat and time grow in line?
  --formats        each table format in turn, and commits of 10,000 files
  --postgresql URI with --formats: an empty database, for commits to catalogs there
  --text           CSV and JSON Lines beside DuckDB's COPY of the same orders
  --scaling        one thread, two, and two processes that share nothing, in turn
  --rounds N       with --scaling, --formats and --text: how often; the default is 5
  --check          fails where a dataset takes longer, in units of DuckDB's COPY of its rows, than the baseline allows,
                   and where 100 MB of a generator are a tenth off, or their time foretold by a factor of two
  --set-baseline   with --check: measures what it compares with, for datasets that have no baseline
  --json FILE      keeps all figures
  --help           prints this
`;

const values = readOptions();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}
ensureInstalled();
ensureBuilt();
const { BUILTINS } = await import('@datagen/cli');
const { parseOptions } = await import('@datagen/core');
const { ENCODERS } = await import('@datagen/parquet');
const { measureCommand, planCommand } = await import('./command.mjs');
const { measureEncoding, measureGeneration } = await import('./generation.mjs');
const { catalogsOf, measureCommits, measureFormats } = await import('./formats.mjs');
const { measureText } = await import('./text.mjs');
const { measureScaling } = await import('./scaling.mjs');
const { measureDuckdbCopy, measureTpchgen } = await import('./yardstick.mjs');

const BASELINE = path.join(root, 'tools/bench/baseline.json');

const { rows: rowsAsked, only: names, rounds } = values;
/** The javascript encoder takes a hundred times as long: it is measured on few rows, and not in whole runs. */
const fast = ENCODERS.filter((encoder) => encoder !== 'javascript' && encoder !== 'auto');
const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });
const millions = (rows, ms) => number(rows / ms / 1e3, 2);
const show = (title, head, rows) =>
  console.log(
    `\n**${title}**\n\n${[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}`,
  );

const results = {
  machine: `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${os.type()} ${os.arch()}`,
  node: process.versions.node,
  command: ['npm', 'run', 'bench', '--', ...process.argv.slice(2)].join(' '),
  startUp: [],
  generation: [],
  encoding: [],
  runs: [],
  sweep: [],
  formats: [],
  commits: [],
  text: [],
  scaling: [],
  check: [],
  sizes: [],
};
console.log(`${results.machine}, Node.js ${results.node}: ${results.command}`);

if (values.sweep) await sweep();
else if (values.formats) await formats();
else if (values.text) await text();
else if (values.scaling) await scaling();
else if (values.check) await check();
else {
  await startUp();
  await parts();
  await runs();
}
if (values.json !== undefined) fs.writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        rows: { type: 'string', default: '5000000' },
        only: { type: 'string', multiple: true, default: allNames },
        sweep: { type: 'boolean', default: false },
        formats: { type: 'boolean', default: false },
        postgresql: { type: 'string' },
        text: { type: 'boolean', default: false },
        scaling: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '5' },
        check: { type: 'boolean', default: false },
        'set-baseline': { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const count = (name) => {
      const value = Number(values[name]);
      if (Number.isInteger(value) && value > 0) return value;
      throw new Error(`Expected --${name} to be a whole number from 1 on, got ${values[name]}.`);
    };
    const [rows, rounds] = [count('rows'), count('rounds')];
    const unknown = values.only.find((name) => !allNames.includes(name));
    if (unknown !== undefined)
      throw new Error(`Expected --only to be one of ${allNames.join(' · ')}; got ${unknown}.`);
    return { ...values, rows, rounds };
  } catch ({ message }) {
    process.stderr.write(`bench: ${message}\n\n${USAGE}`);
    process.exit(2);
  }
}

function configOf(name, rows, more = {}) {
  const { generator, tables, at } = DATASETS[name];
  return { generator, tables, ...at(rows), ...more };
}

/** What a newcomer waits for. */
async function startUp() {
  const { rows, wallMs, peakBytes } = await measureCommand(
    {
      generator: 'ecommerce',
      nCustomers: 1_000,
      nProducts: 500,
      ordersPerDay: 90,
      startDate: '2026-01-01',
      endDate: '2026-01-30',
    },
    3,
  );
  results.startUp.push({ rows, wallMs, peakBytes });
  show(
    'A small run, from the shell',
    ['rows', 'seconds', 'peak MiB'],
    [[number(rows), number(wallMs / 1000, 2), number(peakBytes / 2 ** 20)]],
  );
}

async function partOf(name, rows) {
  const { startDate, endDate, generator, tables, ...options } = configOf(name, rows);
  const plugin = await BUILTINS.generators[generator]();
  return {
    make: () => plugin.create(parseOptions(plugin.options, options, generator)),
    tables,
    window: { startDate, endDate },
  };
}

/** Generation and encoding, each alone on one thread. */
async function parts() {
  for (const name of names) {
    const { make, tables, window } = await partOf(name, rowsAsked);
    results.generation.push({ name, ...measureGeneration(make(), tables, window) });
    // The rows that are encoded wait in memory.
    const few = await partOf(name, rowsAsked / 5);
    for (const encoder of fast) {
      const made = await measureEncoding(few.make(), tables, few.window, encoder);
      results.encoding.push({ name, encoder, ...made });
    }
  }
  const encodingOf = (name, encoder) =>
    results.encoding.find((result) => result.name === name && result.encoder === encoder);
  show(
    'One thread, nanoseconds a row',
    ['dataset', 'generate', 'million rows/s', ...fast.map((encoder) => `encode, ${encoder}`)],
    results.generation.map(({ name, nsPerRow }) => [
      name,
      number(nsPerRow),
      number(1e3 / nsPerRow, 2),
      ...fast.map((encoder) => number(encodingOf(name, encoder).nsPerRow)),
    ]),
  );
}

/** Whole runs of the command line. */
async function runs() {
  for (const name of names)
    for (const encoder of fast)
      for (const maxWorkers of [1, 2])
        results.runs.push({
          name,
          encoder,
          maxWorkers,
          ...(await measureCommand(configOf(name, rowsAsked, { encoder, maxWorkers }))),
        });
  show(
    '`datagen generate`, snappy, default row groups',
    ['dataset', 'encoder', 'threads', 'rows', 'seconds', 'million rows/s', 'MB/s', 'peak MiB'],
    results.runs.map(({ name, encoder, maxWorkers, rows, bytes, wallMs, peakBytes }) => [
      name,
      encoder,
      maxWorkers,
      number(rows),
      number(wallMs / 1000, 2),
      millions(rows, wallMs),
      number(bytes / wallMs / 1e3, 1),
      number(peakBytes / 2 ** 20),
    ]),
  );
}

async function sweep() {
  const [name] = names;
  for (const rows of [1e6, 1e7, 1e8])
    results.sweep.push({ name, ...(await measureCommand(configOf(name, rows))) });
  show(
    `${name}, all cores`,
    ['rows', 'seconds', 'million rows/s', 'peak MiB'],
    results.sweep.map(({ rows, wallMs, peakBytes }) => [
      number(rows),
      number(wallMs / 1000, 1),
      millions(rows, wallMs),
      number(peakBytes / 2 ** 20),
    ]),
  );
}

/** What a table format costs beside plain Parquet, which has no commit. */
async function formats() {
  const [name] = names;
  // A stream has no files.
  const formatNames = Object.keys(BUILTINS.formats).filter((format) => format !== 'arrow');
  results.formats = await measureFormats(configOf(name, rowsAsked), formatNames, rounds);
  const [parquet] = results.formats;
  show(
    `${name}, all cores: the fastest of ${rounds} runs each, in turn`,
    ['format', 'rows', 'seconds', 'times Parquet', 'peak MiB'],
    results.formats.map(({ format, rows, wallMs, peakBytes }) => [
      format,
      number(rows),
      number(wallMs / 1000, 2),
      number(wallMs / parquet.wallMs, 2),
      number(peakBytes / 2 ** 20),
    ]),
  );
  for (const format of ['delta', 'iceberg', 'ducklake']) {
    const plugin = await BUILTINS.formats[format].load();
    for (const [name, catalog] of Object.entries(catalogsOf(format, values.postgresql)))
      results.commits.push({ format: name, ...(await measureCommits(plugin, catalog)) });
  }
  show(
    'One commit of 10,000 files',
    ['format', 'seconds', '10,000 files more', 'opened after that', 'process MiB'],
    results.commits.map(({ format, firstMs, secondMs, openMs, processBytes }) => [
      format,
      ...[firstMs, secondMs, openMs].map((ms) => number(ms / 1000, 2)),
      number(processBytes / 2 ** 20),
    ]),
  );
}

/** What rows take as text, in processor time of one thread. */
async function text() {
  results.text = await measureText(rowsAsked, rounds);
  show(
    `orders as text: the least processor time of ${rounds} rounds each`,
    ['format', 'rows', 'ours, rows/s', "DuckDB's COPY, rows/s", 'times as fast'],
    results.text.map(({ format, rows, oursMs, duckdbMs }) => [
      format,
      number(rows),
      number((1000 * rows) / oursMs),
      number((1000 * rows) / duckdbMs),
      number(duckdbMs / oursMs, 2),
    ]),
  );
}

/** How many times as fast as one thread. */
async function scaling() {
  for (const name of names) {
    const made = await measureScaling(configOf(name, rowsAsked), configOf(name, rowsAsked / 2), rounds);
    results.scaling.push({ name, ...made });
  }
  const pair = ({ fastest, all }) => `${fastest.toFixed(2)} · ${all.toFixed(2)}`;
  show(
    `Times as fast as one thread: the fastest of ${rounds} runs each · all of them together`,
    ['dataset', 'rows', 'seconds, one thread', 'two threads', 'two processes'],
    results.scaling.map(({ name, rows, oneMs, threads, processes }) => [
      name,
      number(rows),
      number(oneMs / 1000, 1),
      pair(threads),
      pair(processes),
    ]),
  );
}

/** Our time in units of DuckDB's for the same rows, against what was committed. */
async function check() {
  const baseline = JSON.parse(fs.readFileSync(BASELINE, 'utf8'));
  for (const name of names) {
    const { tables } = DATASETS[name];
    const run = await measureCommand(configOf(name, rowsAsked), 3, (out) => measureDuckdbCopy(out, tables));
    const ratio = run.wallMs / run.seen;
    results.check.push({ name, rows: run.rows, wallMs: run.wallMs, duckdbMs: run.seen, ratio });
    baseline.ratios[name] ??= ratio;
  }
  const isSlower = ({ name, ratio }) => ratio > baseline.ratios[name] * baseline.tolerance;
  show(
    'Against DuckDB, which copies the same rows from memory to Parquet on two threads',
    ['dataset', 'rows', 'seconds', 'DuckDB', 'ratio', 'baseline', ''],
    results.check.map((result) => [
      result.name,
      number(result.rows),
      number(result.wallMs / 1000, 2),
      number(result.duckdbMs / 1000, 2),
      number(result.ratio, 2),
      number(baseline.ratios[result.name], 2),
      isSlower(result) ? 'slower' : 'ok',
    ]),
  );
  const tpch = measureTpchgen();
  if (tpch === undefined) console.log('\ntpchgen-cli is not installed: not compared with it.');
  else
    console.log(
      `\ntpchgen-cli, lineitem on two threads: ${millions(tpch.rows, tpch.wallMs)} million rows/s.`,
    );
  const isWrong = await checkSizes();
  if (values['set-baseline']) fs.writeFileSync(BASELINE, `${JSON.stringify(baseline, undefined, 2)}\n`);
  else if (results.check.some(isSlower) || isWrong) process.exitCode = 1;
}

/** Whether sizes and times that are foretold by packages/cli/data/costs.json are wrong; `calibrate.mjs` measures them again. */
async function checkSizes() {
  for (const generator of Object.keys(BUILTINS.generators)) {
    const config = { generator, size: '100MB' };
    const { estimatedMs } = await planCommand(config);
    results.sizes.push({ generator, estimatedMs, ...(await measureCommand(config)) });
  }
  const isOff = ({ bytes, estimatedMs, wallMs }) =>
    Math.abs(bytes / 1e8 - 1) > 0.1 || Math.abs(Math.log2(estimatedMs / wallMs)) > 1;
  show(
    '`--size 100MB`: bytes written, and seconds as foretold and as taken',
    ['generator', 'MB', 'seconds foretold', 'taken', ''],
    results.sizes.map((result) => [
      result.generator,
      number(result.bytes / 1e6, 1),
      number(result.estimatedMs / 1e3, 1),
      number(result.wallMs / 1e3, 1),
      isOff(result) ? 'off' : 'ok',
    ]),
  );
  return results.sizes.some(isOff);
}
