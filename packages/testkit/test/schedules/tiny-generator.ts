import {
  type BatchBuilder,
  column,
  dayBlocks,
  defineTable,
  dayOf,
  firstRowOf,
  GeneratorConfig,
  instant,
  int64,
  parseOptions,
  rowBlocks,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';

const places: TableSource = {
  table: defineTable({
    name: 'places',
    description: 'Places.',
    primaryKey: ['id'],
    columns: [column('id', int64(), 'Number')],
  }),
  blocks: (_, wanted) => rowBlocks(2, wanted),
  open: (block) => ({
    rowCount: block.rowCount,
    fill: (builder: BatchBuilder, start) => {
      const id = builder.int64('id');
      for (let i = 0; i < builder.length; i++) id.set(i, firstRowOf(block) + start + i);
    },
  }),
};

/** Rows of a day; one day in seven has none. */
const rowsOn = (day: number) => (day % 7) % 3;

const eventsOf = (seed: number): TableSource => ({
  table: defineTable({
    name: 'events',
    description: 'Events.',
    primaryKey: ['id'],
    timeColumn: 'ts',
    columns: [
      column('id', int64(), 'Number'),
      column('ts', instant(), 'When'),
      column('seed', int64(), 'Seed'),
    ],
  }),
  blocks: (window) => dayBlocks(window, (startMs) => ({ rowCount: rowsOn(dayOf(startMs)), exact: true })),
  open: ({ time, rowCount }) => ({
    rowCount,
    fill: (builder: BatchBuilder, start) => {
      const startMs = time?.startMs ?? 0;
      const [id, ts, seeds] = [builder.int64('id'), builder.int64('ts'), builder.int64('seed')];
      for (let i = 0; i < builder.length; i++) {
        id.set(i, dayOf(startMs) * 10 + start + i);
        ts.set(i, startMs * 1_000 + start + i);
        seeds.set(i, seed);
      }
    },
  }),
});

class TinyGenerator extends StreamingGenerator {
  readonly name = 'tiny';
  readonly version = 1;
  readonly sources = [places, eventsOf(this.config.seed)];
}

/** A handful of rows in two tables, cheap enough for thousands of runs. */
export function tinyGenerator(seed: number): TinyGenerator {
  return new TinyGenerator(parseOptions(GeneratorConfig, { seed }, 'generator "tiny"'));
}
