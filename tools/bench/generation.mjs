// Generation alone, and encoding alone, on one thread.
import { Arena } from '@datagen/core/generator';
import { PartitionSpec, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';

/** Blocks of tables in the order a run makes them: table after table, day by day where tables share their days. */
function blocksOf(generator, tableNames, window) {
  const blocks = generator.tables
    .filter(({ name }) => tableNames.includes(name))
    .flatMap((table) => [...generator.blocks(table, window)].map((block) => ({ table, block })));
  return blocks.sort((a, b) => (a.block.time?.startMs ?? 0) - (b.block.time?.startMs ?? 0));
}

/** Nanoseconds per row of making rows, after a tenth of them to warm up. */
export function measureGeneration(generator, tableNames, { startDate, endDate }) {
  const blocks = blocksOf(generator, tableNames, new PartitionSpec({ startDate, endDate }).window);
  const warm = Math.ceil(blocks.length / 10);
  // Batches lie where the ones before did, as in a run.
  const memory = new Arena();
  let rows = 0;
  let started = performance.now();
  blocks.forEach(({ table, block }, i) => {
    if (i === warm) {
      rows = 0;
      started = performance.now();
    }
    for (const batch of generator.generate(table, block, memory)) rows += batch.numRows;
  });
  return { rows, nsPerRow: ((performance.now() - started) * 1e6) / rows };
}

/** Nanoseconds per row of turning finished batches into files in memory. */
export async function measureEncoding(generator, tableNames, { startDate, endDate }, encoder) {
  const spec = new PartitionSpec({ startDate, endDate });
  const kept = new Map();
  let rows = 0;
  for (const { table, block } of blocksOf(generator, tableNames, spec.window)) {
    const batches = [...generator.generate(table, block)];
    for (const { numRows } of batches) rows += numRows;
    kept.set(`${table.name} ${block.key}`, batches);
  }
  const replay = {
    name: generator.name,
    version: generator.version,
    config: generator.config,
    tables: generator.tables,
    blocks: (table, window) => generator.blocks(table, window),
    generate: (table, block) => kept.get(`${table.name} ${block.key}`),
  };
  const write = (name) =>
    writeDataset(replay, parquet(`memory:${name}`, { encoder }), {
      partitionSpec: spec,
      tables: tableNames,
      maxWorkers: 1,
      mode: 'overwrite',
    });
  await write('warm');
  const started = performance.now();
  await write('measured');
  return { rows, nsPerRow: ((performance.now() - started) * 1e6) / rows };
}
