// What rows of orders take as text, beside DuckDB's COPY of the same rows: processor time of one thread each.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { PartitionSpec, writeDataset } from '../../packages/core/dist/index.js';
import { ecommerce } from '../../packages/ecommerce/dist/index.js';
import { parquet } from '../../packages/parquet/dist/index.js';
import { csvPlugin, jsonlPlugin } from '../../packages/text/dist/index.js';

const COPIES = { csv: '(FORMAT csv, HEADER)', jsonl: '(FORMAT json)' };

/**
 * By format the rows, and the least processor time of some rounds: ours from record batches in memory to bytes, DuckDB's
 * from a table in its memory to a file, which the disk's cache takes.
 */
export async function measureText(rowsAsked, rounds) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-text-'));
  try {
    const shop = ecommerce({ ordersPerDay: Math.ceil(rowsAsked / 3), nCustomers: 100_000 });
    const partitionSpec = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-03' });
    await writeDataset(shop, parquet(folder), { partitionSpec, tables: 'orders' });
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE orders AS FROM '${folder}/orders/*.parquet'`);
    const table = shop.tables.find(({ name }) => name === 'orders');
    const batches = [...shop.blocks(table, partitionSpec.window)].flatMap((block) => [
      ...shop.generate(table, block),
    ]);
    const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
    const measured = [];
    for (const plugin of [csvPlugin, jsonlPlugin]) {
      const encode = plugin.stream(table, plugin.options.parse({}), 'none');
      let byteCount = 0;
      const file = path.join(folder, `orders.${plugin.name}`);
      measured.push({
        format: plugin.name,
        rows,
        oursMs: await leastMs(rounds, async () => {
          for await (const piece of encode(each(batches))) byteCount += piece.length;
        }),
        duckdbMs: await leastMs(rounds, () =>
          connection.run(`COPY orders TO '${file}' ${COPIES[plugin.name]}`),
        ),
        bytesPerRow: byteCount / rounds / rows,
      });
    }
    connection.closeSync();
    return measured;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function* each(batches) {
  yield* batches;
}

async function leastMs(rounds, work) {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
