import {
  column,
  dayBlocks,
  definePlugin,
  defineTable,
  formatDay,
  GeneratorConfig,
  instant,
  int64,
  StreamingGenerator,
  type TableSource,
} from '../../src/generator.ts';
import { z } from 'zod';

const events = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time')],
});

const FaultyConfig = GeneratorConfig.extend({
  fault: z.enum(['none', 'throw', 'exit', 'unclonable']).default('none').describe('What goes wrong'),
  faultDay: z.string().default('2026-01-05').describe('The day it goes wrong on'),
  rowsPerDay: z.int().default(1_000).describe('Rows a day'),
});
type FaultyConfig = z.infer<typeof FaultyConfig>;

/** A generator that fails on one day, as plug-ins of others do. */
class FaultyGenerator extends StreamingGenerator<FaultyConfig> {
  readonly name = 'faulty';
  readonly version = 1;
  protected readonly sources = [eventsSource(this.config)];
}

function eventsSource({ rowsPerDay: rowCount, fault, faultDay }: FaultyConfig): TableSource {
  return {
    table: events,
    blocks: (window) => dayBlocks(window, () => ({ rowCount, exact: true })),
    open: ({ time }) => {
      const startMs = time?.startMs ?? 0;
      if (formatDay(startMs) === faultDay) fail(fault);
      return {
        rowCount,
        fill: (builder, start) => {
          const id = builder.int64('id');
          const ts = builder.int64('ts');
          for (let i = 0; i < builder.length; i++) {
            id.set(i, startMs + start + i);
            ts.set(i, (startMs + start + i) * 1000);
          }
        },
      };
    },
  };
}

function fail(fault: FaultyConfig['fault']): void {
  if (fault === 'throw') throw new TypeError('the cause');
  if (fault === 'exit') process.exit(7);
  if (fault === 'unclonable') throw Object.assign(new Error('odd'), { callback: () => undefined });
}

/** @public */
export const faultyPlugin = definePlugin({
  kind: 'generator',
  name: 'faulty',
  description: 'Fails on one day',
  options: FaultyConfig,
  module: import.meta.url,
  export: 'faultyPlugin',
  create: (options, chunkSize) => new FaultyGenerator(options, chunkSize),
});
