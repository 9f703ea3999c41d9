// A plug-in and a run in one file, as a first script often is: each worker imports the file again.
const core = await import(`${process.env.CORE}/index.ts`);
const { column, dayBlocks, definePlugin, defineTable, GeneratorConfig, int64, instant, StreamingGenerator } =
  await import(`${process.env.CORE}/generator.ts`);

const table = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time')],
});

class SelfStarting extends StreamingGenerator {
  name = 'self_starting';
  version = 1;
  sources = [
    {
      table,
      blocks: (window) => dayBlocks(window, () => ({ rowCount: 1, exact: true })),
      open: ({ time }) => ({
        rowCount: 1,
        fill: (builder) => {
          builder.int64('id').set(0, time.startMs);
          builder.int64('ts').set(0, time.startMs);
        },
      }),
    },
  ];
}

export const plugin = definePlugin({
  kind: 'generator',
  name: 'self_starting',
  description: 'Starts a run as it is loaded',
  options: GeneratorConfig,
  module: import.meta.url,
  export: 'plugin',
  create: (options) => new SelfStarting(options),
});

const { countingWriter } = await import('./counting-writer.ts');
await core.writeDataset(plugin.create(GeneratorConfig.parse({})), countingWriter(), {
  executor: new core.ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 }),
  fileRowsTarget: 1,
});
