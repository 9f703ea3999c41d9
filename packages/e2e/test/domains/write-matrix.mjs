// `node write-matrix.mjs <domain package> <plug-in> <options as JSON> <folder>`: writes one small dataset by every
// combination of threads, batch size, file size and encoder, and prints the folder of each as JSON lines. A process
// of its own on the built packages, since threads that run from source take a second to start.
import path from 'node:path';
import { ParallelPipeline, parseOptions, PartitionSpec, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';

const [module, name, text, folder] = process.argv.slice(2);
const { startDate, endDate, tables, encoders, ...options } = JSON.parse(text);
const plugin = (await import(module))[name];
const partitionSpec = new PartitionSpec({ startDate, endDate });

for (const workers of [1, 2, 8]) {
  for (const chunkSize of [101, 4_096, undefined]) {
    for (const fileRowsTarget of [700, 2_500, 1_000_000]) {
      const config = parseOptions(plugin.options, { ...options, fileRowsTarget }, name);
      for (const encoder of encoders) {
        const output = path.join(
          folder,
          [workers, chunkSize ?? 'default', fileRowsTarget, encoder].join('-'),
        );
        await writeDataset(plugin.create(config, chunkSize), parquet(output, { encoder }), {
          partitionSpec,
          tables,
          executor: new ParallelPipeline({ maxWorkers: workers, rowsPerWorker: 1 }),
        });
        console.log(JSON.stringify(output));
      }
    }
  }
}
