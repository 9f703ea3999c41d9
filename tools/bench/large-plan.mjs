// `node tools/bench/large-plan.mjs`: plans 10,000,000 blocks as 1,000,000 files and begins to make them; needs a build.
import { parseArgs } from 'node:util';
import { ParallelPipeline, planTable, PartitionSpec, writeDataset } from '@datagen/core';
import {
  DAY_MS,
  defineTable,
  column,
  formatDay,
  GeneratorConfig,
  instant,
  int64,
  StreamingGenerator,
} from '@datagen/core/generator';
import { parquet } from '@datagen/parquet';
import { MemoryStorage } from '@datagen/core/writer';

const { values } = parseArgs({ options: { days: { type: 'string', default: '2000' } } });
const SITES = 5_000;
const ROWS = 10;
const days = Number(values.days);

const table = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'Number'), column('ts', instant(), 'When')],
});

const siteKeys = Array.from({ length: SITES }, (_, site) => `~${String(site).padStart(6, '0')}`);

class ManyBlocks extends StreamingGenerator {
  name = 'many_blocks';
  version = 1;
  sources = [
    {
      table,
      *blocks(window) {
        for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
          const time = { startMs, endMs: startMs + DAY_MS };
          const day = formatDay(startMs);
          for (const site of siteKeys) yield { key: day + site, rowCount: ROWS, exact: true, time };
        }
      },
      open: ({ time }) => ({
        rowCount: ROWS,
        fill: (builder) => {
          const [id, ts] = [builder.int64('id'), builder.int64('ts')];
          for (let row = 0; row < builder.length; row++) {
            id.set(row, row);
            ts.set(row, time.startMs * 1000);
          }
        },
      }),
    },
  ];
}

const generator = new ManyBlocks(GeneratorConfig.parse({}));
const spec = new PartitionSpec({
  startDate: '2020-01-01',
  endDate: formatDay(Date.UTC(2020, 0, 1) + (days - 1) * DAY_MS),
});
const options = { fileRowsTarget: 10 * ROWS };
const startedMs = performance.now();
const { files } = await planTable(generator, table, spec, options);
const plannedMs = performance.now() - startedMs;
const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);
console.log(
  `${String(files.length)} files of ${String(days * SITES)} blocks planned in ${(plannedMs / 1000).toFixed(1)} s, peak memory ${peak()} MiB`,
);

const abort = new AbortController();
const begunMs = performance.now();
let firstMs;
await writeDataset(generator, parquet(new MemoryStorage('memory:large-plan')), {
  partitionSpec: spec,
  ...options,
  executor: new ParallelPipeline({ maxWorkers: 1 }),
  signal: abort.signal,
  onProgress: ({ rowCount }) => {
    firstMs ??= performance.now() - begunMs;
    if (rowCount > 1_000) abort.abort();
  },
}).catch((error) => {
  if (error.code !== 'ABORTED') throw error;
});
console.log(`a run has its first rows after ${(firstMs / 1000).toFixed(1)} s, peak memory ${peak()} MiB`);
