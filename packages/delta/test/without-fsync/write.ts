import path from 'node:path';
import { type DatasetReport, ParallelPipeline, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';
import { sampleGenerator } from '@datagen/testkit';
import { delta } from '../../src/index.ts';

/** `write.ts <folder>`: prints the warnings of runs in two formats, on one thread and on two; run by a test. */
const place = process.argv[2] ?? '';
const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 });
const executors = { inline: undefined, threads: new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 }) };
const warnings: Record<string, DatasetReport['warnings']> = {};
for (const [format, open] of Object.entries({ parquet, delta })) {
  for (const [how, executor] of Object.entries(executors)) {
    const name = `${format} ${how}`;
    const report = await writeDataset(generator, open(path.join(place, name)), {
      startDate: '2026-01-05',
      endDate: '2026-01-14',
      ...(executor ? { executor } : { maxWorkers: 1 }),
    });
    warnings[name] = report.warnings;
  }
}
process.stdout.write(JSON.stringify(warnings));
