import {
  column,
  type DatasetGenerator,
  defineTable,
  formatDay,
  GeneratorConfig,
  instant,
  int64,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';

const HOUR_MS = 3_600_000;

const table = defineTable({
  name: 'events',
  description: 'Rows in blocks of an hour.',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'Number of the row'), column('ts', instant(), 'When it happened')],
});

const source: TableSource = {
  table,
  *blocks({ startMs, endMs }) {
    for (let at = startMs; at < endMs; at += HOUR_MS) {
      const key = `${formatDay(at)}T${String((at / HOUR_MS) % 24).padStart(2, '0')}`;
      yield { key, rowCount: 2, exact: true, time: { startMs: at, endMs: at + HOUR_MS } };
    }
  },
  open: ({ time, rowCount }) => ({
    rowCount,
    fill: (builder, start) => {
      const [id, ts] = [builder.int64('id'), builder.int64('ts')];
      const startMs = time?.startMs ?? 0;
      for (let i = 0; i < builder.length; i++) {
        id.set(i, (startMs / HOUR_MS) * 2 + start + i);
        // The first instant of the hour, and the last one.
        ts.set(i, (startMs + (start + i) * HOUR_MS) * 1000 - (start + i));
      }
    },
  }),
};

class Hourly extends StreamingGenerator {
  readonly name = 'hourly';
  readonly version = 1;
  protected readonly sources = [source];
}

/** A generator of two rows an hour, whose blocks are hours: a table that can be partitioned by them. */
export function hourlyGenerator(): DatasetGenerator {
  return new Hourly(GeneratorConfig.parse({}));
}
