// What table formats cost: whole runs beside plain Parquet, and commits of very many files.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { identifyDataset, openStorage, parseOptions, PartitionSpec } from '@datagen/core';
import { BUILTINS } from '@datagen/cli';
import { measureCommand } from './command.mjs';

/** The fastest of some runs of each format, in turn. */
export async function measureFormats(config, formats, rounds) {
  const fastest = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const format of formats) {
      const run = await measureCommand({ ...config, format });
      const before = fastest.get(format);
      fastest.set(format, before === undefined || run.wallMs < before.wallMs ? { format, ...run } : before);
    }
  }
  return [...fastest.values()];
}

const FILES = 10_000;
const DAY_MICROS = 86_400_000_000n;

/**
 * The catalogs that commits of each format are measured with, by name: options of its writer for an output, and the
 * folder of a table there.
 */
export function catalogsOf(format, postgresql) {
  const inFolder = (folderOf, named) =>
    Object.fromEntries(Object.entries(named).map(([name, optionsFor]) => [name, { optionsFor, folderOf }]));
  if (format === 'ducklake') {
    return inFolder((table) => `main/${table}`, {
      'ducklake, in a DuckDB file': () => ({}),
      'ducklake, in SQLite': (output) => ({ catalog: `sqlite:${output}/lake.sqlite` }),
      ...(postgresql && { 'ducklake, in PostgreSQL': () => ({ catalog: postgresql }) }),
    });
  }
  if (format === 'iceberg') {
    return inFolder((table) => `default/${table}/data`, {
      'iceberg, in SQLite': () => ({}),
      ...(postgresql && { 'iceberg, in PostgreSQL': () => ({ catalogUri: postgresql }) }),
    });
  }
  return inFolder((table) => table, { [format]: () => ({}) });
}

/**
 * Commits 10,000 files of a table of orders and then 10,000 more, of which only the first is there: a commit takes what it
 * is told of them.
 */
export async function measureCommits(plugin, { optionsFor, folderOf }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-'));
  try {
    const ecommerce = await BUILTINS.generators.ecommerce();
    const generator = ecommerce.create(parseOptions(ecommerce.options, {}, 'ecommerce'));
    const table = generator.tables.find(({ name }) => name === 'orders');
    const storage = openStorage(folder);
    const writer = plugin.create(storage, plugin.options.parse(optionsFor(folder)));
    const dataset = identifyDataset(generator);
    const commit = async (startDate, endDate) => {
      const spec = new PartitionSpec({ startDate, endDate, partitionBy: ['year'] });
      const runId = `bench-${startDate}`;
      const opened = await writer.openTable(table, {
        spec,
        mode: 'error',
        dataset,
        compression: 'snappy',
        runId,
      });
      const files = Array.from({ length: FILES }, (_, i) =>
        fileOf(table, folderOf(table.name), startDate, i),
      );
      await storage.write(files[0].path, [new Uint8Array(1)]);
      const started = performance.now();
      await writer.commit([{ opened, mode: 'error', dataset, spec, runId, files }], {});
      return performance.now() - started;
    };
    const firstMs = await commit('2025-01-01', '2025-12-31');
    const secondMs = await commit('2026-01-01', '2026-12-31');
    const started = performance.now();
    await writer.datasetsOf(table);
    const openMs = performance.now() - started;
    await writer.close?.();
    return { firstMs, secondMs, openMs, processBytes: process.memoryUsage.rss() };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** A file as a worker describes it, with statistics of every column. */
function fileOf(table, folder, startDate, i) {
  const year = startDate.slice(0, 4);
  const min = BigInt(Date.parse(startDate)) * 1000n;
  const columns = Object.fromEntries(
    table.schema.fields.map(({ name, type }) => [
      name,
      { byteSize: 50_000, nullCount: 0, ...boundsOf(type, i) },
    ]),
  );
  return {
    table: table.name,
    path: `${folder}/year=${year}/orders-0123456789ab-${startDate}_${startDate}~${i}_abcdef12.parquet`,
    byteSize: 1_000_000,
    rowCount: 25_000,
    partition: [['year', year]],
    firstBlock: startDate,
    lastBlock: startDate,
    time: { minMicros: min, maxMicros: min + DAY_MICROS - 1n },
    footerSize: 10_000,
    splitOffsets: [4],
    columns,
  };
}

/** Bounds of the kind that footers have for a type. */
function boundsOf(type, i) {
  const name = String(type);
  if (name.startsWith('Int64') || name.startsWith('Timestamp') || name.startsWith('Decimal'))
    return { min: BigInt(i), max: BigInt(i + 1_000) };
  if (name.startsWith('Bool')) return { min: false, max: true };
  if (name.startsWith('Dictionary') || name.startsWith('Utf8')) return { min: 'aachen', max: 'zwickau' };
  return { min: i, max: i + 1_000 };
}
