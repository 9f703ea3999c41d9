// `node tools/bench/calibrate.mjs [--only GENERATOR]`: measures what rows of each table cost in bytes and time, for `--size` and `plan`.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { ensureBuilt, ensureInstalled, root } from '../ensure.mjs';

ensureInstalled();
ensureBuilt();
const { BUILTINS } = await import('@datagen/cli');
const { InlineExecutor, parseOptions, writeDataset } = await import('@datagen/core');
const { parquet } = await import('@datagen/parquet');
const { REFERENCE_LOOP_MS, timeLoop } = await tsImport(
  '../../packages/cli/src/request/size/machine.ts',
  import.meta.url,
);

const COSTS = path.join(root, 'packages/cli/data/costs.json');
const ENCODERS = ['native', 'wasm'];
const CODECS = ['snappy', 'zstd', 'gzip', 'none'];
const FEW_ROWS = 10_000;
const MONTH = { startDate: '2026-10-01', endDate: '2026-10-30' };

/**
 * A small and a large dataset of each generator, with all the tables it can have; tables that have few rows in the large
 * one are measured in a huge one.
 */
const DATASETS = {
  ecommerce: {
    all: { extraTables: ['price_history', 'shipments', 'payments', 'returns', 'vat_rates'], ...MONTH },
    small: { nCustomers: 10_000, nProducts: 5_000, ordersPerDay: 100 },
    large: { nCustomers: 400_000, nProducts: 31_600, ordersPerDay: 40_000 },
  },
  market_ohlcv: {
    all: { auctions: true, ...MONTH },
    small: { nSymbols: 20 },
    large: { nSymbols: 250 },
    huge: { nSymbols: 2_000 },
  },
  market_quotes: {
    all: { trades: true, ...MONTH },
    small: { nSymbols: 1 },
    large: { nSymbols: 10 },
    huge: { nSymbols: 10_000 },
  },
  sensors: {
    all: { messages: true, ...MONTH },
    small: { nDevices: 5 },
    large: { nDevices: 50 },
    huge: { nDevices: 5_000 },
  },
  weather: {
    all: { synop: true, endDate: '2025-12-31' },
    small: { nLocations: 12, startDate: '2025-12-02' },
    large: { nLocations: 20, startDate: '2016-01-01' },
  },
};

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
};

/** Rows, bytes, files and processor time of one table alone, on this thread. */
async function measureTable(plugin, options, table, settings) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-calibrate-'));
  try {
    const { encoder, compression } = settings;
    const config = parseOptions(plugin.options, { ...options, compression }, plugin.name);
    const generator = plugin.create(config);
    const started = cpuMs();
    const { tables } = await writeDataset(generator, parquet(folder, { encoder }), {
      tables: [table],
      executor: new InlineExecutor(),
    });
    const { rowCount, byteSize, fileCount } = tables[0];
    return { rowCount, byteSize, fileCount, ms: cpuMs() - started };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * What a row and a file cost, by two measurements. What does not grow is left to the start of a run; a table of one size
 * has no files to tell from its rows.
 */
function costOf(small, large, loopMs) {
  const isGrown = small.rowCount > 0 && large.rowCount >= 2 * small.rowCount;
  const determinant = large.rowCount * small.fileCount - small.rowCount * large.fileCount;
  const perFile = isGrown
    ? (small.byteSize * large.rowCount - large.byteSize * small.rowCount) / determinant
    : 0;
  const bytesPerFile = Math.max(0, perFile);
  const [ms, rows] = isGrown
    ? [large.ms - small.ms, large.rowCount - small.rowCount]
    : [large.ms, large.rowCount];
  return {
    bytesPerRow: rounded((large.byteSize - bytesPerFile * large.fileCount) / large.rowCount),
    bytesPerFile: Math.round(bytesPerFile),
    nsPerRow: rounded(((Math.max(0, ms) * 1e6) / rows) * (REFERENCE_LOOP_MS / loopMs)),
  };
}

const rounded = (value) => Number(value.toPrecision(3));

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const names = values.only ?? Object.keys(DATASETS);
const costs = JSON.parse(fs.readFileSync(COSTS, 'utf8'));
for (const name of names) {
  const { all, small, large, huge } = DATASETS[name];
  const plugin = await BUILTINS.generators[name]();
  const { tables } = plugin.create(parseOptions(plugin.options, { ...all, ...small }, name));
  costs[name] = {};
  for (const { name: table } of tables) {
    costs[name][table] = {};
    for (const encoder of ENCODERS) {
      costs[name][table][encoder] = {};
      for (const compression of CODECS) {
        const measure = (options) =>
          measureTable(plugin, { ...all, ...options }, table, { encoder, compression });
        const loops = [timeLoop()];
        // The first run compiles what the others use.
        if (encoder === ENCODERS[0] && compression === CODECS[0]) await measure(small);
        const few = await measure(small);
        let many = await measure(large);
        if (many.rowCount < FEW_ROWS && huge !== undefined) many = await measure(huge);
        loops.push(timeLoop());
        if (many.rowCount === 0) continue;
        costs[name][table][encoder][compression] = costOf(few, many, (loops[0] + loops[1]) / 2);
      }
    }
    console.error(name, table, JSON.stringify(costs[name][table].native.snappy));
  }
}
const { format, resolveConfig } = await import('prettier');
const text = await format(JSON.stringify(costs), { ...(await resolveConfig(COSTS)), filepath: COSTS });
fs.writeFileSync(COSTS, text);
