import { randomUUID } from 'node:crypto';
import {
  type DatasetGenerator,
  InlineExecutor,
  type TablePlan,
  type TableWriter,
  writeDataset,
} from '@datagen/core';
import type { Block } from '@datagen/core/generator';
import type { RecordBatch } from 'apache-arrow';
import type { RunRequest } from '../run-request.ts';
import { REFERENCE_LOOP_MS, type TableCost, timeLoop } from './machine.ts';

/** A sample ends at so many rows, or after so much time. */
const MOST_ROWS = 50_000;
const MOST_MS = 60;

/** What a table costs, by its first rows: they are made, and written to memory twice, once to warm up. */
export async function sampleCost({ table }: TablePlan, request: RunRequest): Promise<TableCost> {
  const { generator, spec } = request;
  const batches: RecordBatch[] = [];
  let [first, rowCount]: [Block | undefined, number] = [undefined, 0];
  const startedMs = performance.now();
  const isEnough = () => rowCount >= MOST_ROWS || performance.now() - startedMs >= MOST_MS;
  for (const block of generator.blocks(table, spec.window)) {
    first ??= block;
    for (const batch of generator.generate(table, block)) {
      batches.push(batch);
      rowCount += batch.numRows;
      if (isEnough()) break;
    }
    if (isEnough()) break;
  }
  const madeMs = performance.now() - startedMs;
  if (first === undefined || rowCount === 0) return { bytesPerRow: 0, bytesPerFile: 0, nsPerRow: 0 };
  const sample: Block = { ...first, rowCount, exact: true };
  const replay: DatasetGenerator = {
    name: generator.name,
    version: generator.version,
    config: generator.config,
    tables: [table],
    blocks: () => [sample],
    generate: () => batches,
  };
  const write = async () => {
    // Storages in memory are found by their names: each has one of its own.
    const report = await writeDataset(replay, await memoryWriter(request, randomUUID()), {
      partitionSpec: { startDate: spec.startDate, endDate: spec.endDate },
      mode: 'overwrite',
      executor: new InlineExecutor(),
    });
    return report.tables[0]?.byteSize ?? 0;
  };
  await write();
  const writeMs = performance.now();
  const byteSize = await write();
  const ms = madeMs + performance.now() - writeMs;
  return {
    bytesPerRow: byteSize / rowCount,
    bytesPerFile: 0,
    nsPerRow: ((ms * 1e6) / rowCount) * (REFERENCE_LOOP_MS / timeLoop()),
  };
}

/** A writer of the same data files to memory: tables of a catalog have those of plain Parquet. */
async function memoryWriter(request: RunRequest, place: string): Promise<TableWriter> {
  const { encoder } = request.writerOptions;
  if (encoder === undefined) return request.createWriter({ uri: `memory:${place}`, shown: place });
  const { DataFileConfig, parquet } = await import('@datagen/parquet');
  const named = Object.keys(DataFileConfig.shape).map((name) => [name, request.writerOptions[name]] as const);
  return parquet(`memory:${place}`, DataFileConfig.parse(Object.fromEntries(named)));
}
