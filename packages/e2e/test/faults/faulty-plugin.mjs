// A generator one of whose blocks goes wrong as the variable FAULT says. A variable, not an option: what is made by a
// run that went wrong belongs to the same dataset as what one without faults makes.
import { createRequire } from 'node:module';
import {
  column,
  dayBlocks,
  definePlugin,
  defineTable,
  formatDay,
  instant,
  int64,
  StreamingGenerator,
  GeneratorConfig,
} from '@datagen/core/generator';

/** So many that no run is over before its first progress. */
const ROWS_PER_DAY = 500_000;
/** In the middle of the file that is begun first. */
const FAULT_DAY = '2026-01-19';

const events = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time')],
});

const FAULTS = {
  throw: () => {
    throw new TypeError('the cause');
  },
  throwLater: () => {
    setImmediate(() => {
      throw new TypeError('the later cause');
    });
  },
  exit: () => process.exit(7),
  panic: () => {
    const { FileEncoder, panicForTest } = createRequire(import.meta.url)(
      '../../../parquet/native/datagen-parquet.node',
    );
    // Of this thread alone: a real panic, out of Rust, where the next chunk is encoded.
    FileEncoder.prototype.write = FileEncoder.prototype.finish = panicForTest;
  },
};

const eventsSource = {
  table: events,
  blocks: (window) => dayBlocks(window, () => ({ rowCount: ROWS_PER_DAY, exact: true })),
  open: ({ time: { startMs } }) => {
    if (formatDay(startMs) === FAULT_DAY) FAULTS[process.env.FAULT]?.();
    const fill = (builder, start) => {
      const [id, ts] = [builder.int64('id'), builder.int64('ts')];
      for (let i = 0; i < builder.length; i++) {
        id.set(i, startMs + start + i);
        ts.set(i, (startMs + start + i) * 1000);
      }
    };
    return { rowCount: ROWS_PER_DAY, fill };
  },
};

class FaultyGenerator extends StreamingGenerator {
  name = 'faulty';
  version = 1;
  sources = [eventsSource];
}

export const faultyPlugin = definePlugin({
  kind: 'generator',
  name: 'faulty',
  description: 'Goes wrong in one of its blocks',
  options: GeneratorConfig,
  module: import.meta.url,
  export: 'faultyPlugin',
  create: (options, chunkSize) => new FaultyGenerator(options, chunkSize),
});
