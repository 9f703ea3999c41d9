// What others take for the same work in the same minutes, so that figures of two machines can be compared.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Milliseconds in which DuckDB, on two threads, writes the rows of our files as Parquet from its own memory. */
export async function measureDuckdbCopy(folder, tables) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  let wallMs = 0;
  for (const table of tables) {
    await connection.run(`CREATE TABLE "${table}" AS FROM '${folder}/${table}/*.parquet'`);
    const target = path.join(folder, `${table}.copy.parquet`);
    const started = performance.now();
    await connection.run(`COPY "${table}" TO '${target}' (FORMAT parquet, COMPRESSION snappy)`);
    wallMs += performance.now() - started;
    fs.rmSync(target);
  }
  connection.closeSync();
  instance.closeSync();
  return wallMs;
}

/** TPC-H's lineitem at scale 1 (6 million rows, 16 columns) by tpchgen-cli; undefined where it is not installed. */
export function measureTpchgen() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-'));
  const command = ['parquet', '-s', '1', '--tables=lineitem', '--num-threads=2', `--output-dir=${folder}`];
  const started = performance.now();
  const run = spawnSync('tpchgen-cli', command, { stdio: 'ignore' });
  const wallMs = performance.now() - started;
  fs.rmSync(folder, { recursive: true });
  return run.status === 0 ? { rows: 6_001_215, wallMs } : undefined;
}
