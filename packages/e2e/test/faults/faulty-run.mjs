// `node faulty-run.mjs <folder>`: writes the dataset of faulty-plugin.mjs on two threads and prints as JSON how that
// ended and how many threads were started and have ended by then. FAULT=abort interrupts it. It exits by itself.
import { ParallelPipeline, parseOptions, PartitionSpec, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';
import { faultyPlugin } from './faulty-plugin.mjs';

const threads = { started: 0, ended: 0 };
process.on('worker', (thread) => {
  threads.started++;
  thread.once('exit', () => threads.ended++);
});

const config = parseOptions(faultyPlugin.options, { fileRowsTarget: 2_000_000 }, 'generator "faulty"');
const abort = new AbortController();
let outcome = { code: 'none' };
try {
  await writeDataset(faultyPlugin.create(config), parquet(process.argv[2]), {
    partitionSpec: new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-20' }),
    executor: new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 }),
    signal: abort.signal,
    onProgress: () => {
      if (process.env.FAULT === 'abort') abort.abort();
    },
  });
} catch ({ code, message }) {
  outcome = { code, message };
}
console.log(JSON.stringify({ ...outcome, threads }));
