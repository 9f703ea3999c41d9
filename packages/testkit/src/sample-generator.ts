import {
  type BatchBuilder,
  type Block,
  boolean,
  category,
  column,
  date,
  DAY_MS,
  dayOf,
  decimal,
  definePlugin,
  defineTable,
  float64,
  formatDay,
  instant,
  int32,
  int64,
  rowsSource,
  StreamingGenerator,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { type DatasetGenerator, parseOptions, type TableDefinition } from '@datagen/core';
import { GeneratorConfig } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { z } from '@datagen/core/zod';

export const SampleConfig = GeneratorConfig.extend({
  nSites: z.int().min(1).default(200).describe('Rows of `sites`'),
  eventsPerDay: z.int().min(0).default(100).describe('Rows of `events` per day and group'),
});
export type SampleConfig = z.infer<typeof SampleConfig>;

/** Group names that a path must escape and a reader must give back as they were. */
const GROUPS = ['50% off/é', 'a b', 'plain'];
const KINDS = ['open', '', 'größer', 'quote " and , comma'];
const kinds = textDictionary(KINDS);
const groups = textDictionary(GROUPS);

const sites: TableDefinition = defineTable({
  name: 'sites',
  description: 'A place that events happen at.',
  primaryKey: ['site_id'],
  sortedBy: ['site_id'],
  columns: [
    column('site_id', int64(), 'Number of the site, from 1', { distinct: true }),
    column('label', text(), 'Its name'),
  ],
});

const events: TableDefinition = defineTable({
  name: 'events',
  description: 'A row with a column of every type, with nulls where a column may have them.',
  primaryKey: ['event_id'],
  foreignKeys: [{ columns: ['site_id'], table: 'sites', references: ['site_id'] }],
  timeColumn: 'ts',
  sortedBy: ['event_id'],
  columns: [
    column('event_id', int64(), 'Number of the event, beyond 32 bits', { distinct: true }),
    column('site_id', int64(), 'Where it happened'),
    column('ts', instant(), 'When it happened, in microseconds', { distinct: true }),
    column('group', category(), 'Constant in a block'),
    column('small', int32(), 'A 32-bit number, negative too', { nullable: true }),
    column('ratio', float64(), 'A double', { nullable: true }),
    column('price', decimal(12, 2), 'Money, negative too', { nullable: true }),
    column('event_date', date(), 'The UTC day of `ts`', { nullable: true }),
    column('flag', boolean(), 'Yes or no', { nullable: true }),
    column('kind', category(), 'Text from a short list', { nullable: true }),
    column('note', text(), 'Text that hardly repeats', { nullable: true }),
  ],
});

class SampleGenerator extends StreamingGenerator<SampleConfig> {
  readonly name = 'sample';
  readonly version = 1;
  protected readonly sources = [sitesSource(this.config), eventsSource(this.config)];
}

function sitesSource({ nSites }: SampleConfig): TableSource {
  return rowsSource(sites, nSites, fillSites);
}

function eventsSource(config: SampleConfig): TableSource {
  const random = new KeyedRandom(config.seed, 'events');
  return {
    table: events,
    *blocks(window, wanted) {
      const group = wanted?.values?.['group'];
      for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
        // Sundays are empty: a block without rows is a block all the same.
        const rowCount = new Date(startMs).getUTCDay() === 0 ? 0 : config.eventsPerDay;
        const time = { startMs, endMs: startMs + DAY_MS };
        for (const [i, name] of GROUPS.entries()) {
          if (group !== undefined && group !== name) continue;
          yield {
            key: `${formatDay(startMs)}~${String(i)}`,
            rowCount,
            exact: true,
            time,
            values: { group: name },
          };
        }
      }
    },
    open: (block) => ({
      rowCount: block.rowCount,
      fill: (builder, start) => {
        fillEvents(config, random, builder, block, start);
      },
    }),
  };
}

function fillEvents(
  config: SampleConfig,
  random: KeyedRandom,
  builder: BatchBuilder,
  { key, time }: Block,
  start: number,
): void {
  const startMs = time?.startMs ?? 0;
  const group = Number(key.slice(-1));
  const eventId = builder.int64('event_id');
  const siteId = builder.int64('site_id');
  const ts = builder.int64('ts');
  const groupIndex = builder.dictionary('group', groups);
  const small = builder.int32('small');
  const ratio = builder.float64('ratio');
  const price = builder.decimal('price');
  const day = builder.date('event_date');
  const flag = builder.boolean('flag');
  const kind = builder.dictionary('kind', kinds);
  const note = builder.utf8('note');
  for (let i = 0; i < builder.length; i++) {
    const row = start + i;
    const id = (dayOf(startMs) * 3 + group) * 1_000_000 + row;
    const isNull = (draw: number) => random.uniform(id, draw) < 0.1;
    eventId.set(i, id);
    siteId.set(i, 1 + (random.uint32(id) % config.nSites));
    ts.set(i, startMs * 1000 + Math.floor(((row + 0.5) * DAY_MS * 1000) / config.eventsPerDay));
    groupIndex.indexes[i] = group;
    small.values[i] = random.uint32(id, 1) | 0;
    ratio.values[i] = random.uniform(id, 2) - 0.5;
    price.set(i, (random.uint32(id, 3) | 0) * 100);
    day.values[i] = dayOf(startMs);
    if (random.uniform(id, 4) < 0.5) flag.setTrue(i);
    kind.indexes[i] = random.uint32(id, 5) % KINDS.length;
    if (isNull(6)) {
      note.endNull();
    } else {
      note.appendText('note ünd ');
      note.appendInteger(row, 4);
      note.endRow();
    }
    for (const [draw, nullable] of [small, ratio, price, day, flag, kind].entries()) {
      if (isNull(7 + draw)) nullable.setNull(i);
    }
  }
}

function fillSites(builder: BatchBuilder, firstRow: number): void {
  const siteId = builder.int64('site_id');
  const label = builder.utf8('label');
  for (let i = 0; i < builder.length; i++) {
    siteId.set(i, firstRow + i + 1);
    label.appendText('Site ');
    label.appendInteger(firstRow + i + 1);
    label.endRow();
  }
}

/** A dataset with a column of every type, nulls, empty days and awkward names: what a writer must get right. */
export function sampleGenerator(
  options: z.input<typeof SampleConfig> = {},
  chunkSize?: number,
): DatasetGenerator {
  return samplePlugin.create(parseOptions(SampleConfig, options, 'generator "sample"'), chunkSize);
}

export const samplePlugin = definePlugin({
  kind: 'generator',
  name: 'sample',
  description: 'Every column type, nulls, empty days and awkward names',
  options: SampleConfig,
  module: import.meta.url,
  export: 'samplePlugin',
  create: (options, chunkSize) => new SampleGenerator(options, chunkSize),
});
