// `node write-matrix.mjs <domain package> <plug-in> <options as JSON> <folder>`: writes one small dataset by nine
// combinations of threads, batch size, file size and encoder, and prints the folder of each as JSON lines. A process
// of its own on the built packages, since threads that run from source take a second to start.
import path from 'node:path';
import { ParallelPipeline, parseOptions, PartitionSpec, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';

const [module, name, text, folder] = process.argv.slice(2);
const { startDate, endDate, tables, encoders, ...options } = JSON.parse(text);
const plugin = (await import(module))[name];
const partitionSpec = new PartitionSpec({ startDate, endDate });

const WORKERS = [1, 2, 8];
const CHUNK_SIZES = [101, 4_096, undefined];
const FILE_ROWS_TARGETS = [700, 2_500, 1_000_000];

// The orthogonal array L9 (Taguchi): of four factors of three levels every pair of levels meets in one of nine runs.
for (let a = 0; a < 3; a++) {
  for (let b = 0; b < 3; b++) {
    const [workers, chunkSize] = [WORKERS[a], CHUNK_SIZES[b]];
    const fileRowsTarget = FILE_ROWS_TARGETS[(a + b) % 3];
    const encoder = encoders[((a + 2 * b) % 3) % encoders.length];
    const config = parseOptions(plugin.options, { ...options, fileRowsTarget }, name);
    const output = path.join(folder, [workers, chunkSize ?? 'default', fileRowsTarget, encoder].join('-'));
    await writeDataset(plugin.create(config, chunkSize), parquet(output, { encoder }), {
      partitionSpec,
      tables,
      executor: new ParallelPipeline({ maxWorkers: workers, rowsPerWorker: 1 }),
    });
    console.log(JSON.stringify(output));
  }
}
