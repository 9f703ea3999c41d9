import type { DatasetGenerator, GeneratorPlugin, TableDefinition } from '@datagen/core';
import {
  type Arena,
  BatchBuilder,
  type Block,
  type BlockFilter,
  category,
  column,
  DAY_MS,
  definePlugin,
  defineTable,
  formatDay,
  GeneratorConfig,
  instant,
  int64,
  rowBlocks,
  text,
  textDictionary,
  type TimeRange,
  typeNameOf,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import type { RecordBatch } from 'apache-arrow';

export type Row = Readonly<Record<string, string | number | null>>;

/** Keys that look alike once they are joined, and one that looks like a null. */
const PLACES = [
  ['a|b', 'c'],
  ['a', 'b|c'],
  ['null', 'null'],
] as const;
const HALVES = ['forenoon', 'afternoon'];
const halves = textDictionary(HALVES);
/** Of a half day: several batches of the smallest size that a check asks for. */
const ROWS = 300;
const HALF_MS = DAY_MS / 2;

const places = defineTable({
  name: 'places',
  description: 'Places.',
  primaryKey: ['name', 'zone'],
  columns: [column('name', text(), 'Its name'), column('zone', text(), 'Where it is')],
});

const visits = defineTable({
  name: 'visits',
  description: 'Visits, some of them to no place.',
  primaryKey: ['half', 'number'],
  foreignKeys: [{ columns: ['name', 'zone'], table: 'places', references: ['name', 'zone'] }],
  timeColumn: 'ts',
  sortedBy: ['ts'],
  columns: [
    column('half', category(), 'Half of the day'),
    column('number', int64(), 'Number in all such halves'),
    column('ts', instant(), 'When it began'),
    column('name', text(), 'Place', { nullable: true }),
    column('zone', text(), 'Zone of the place', { nullable: true }),
    column('score', int64(), 'Any number'),
  ],
});

/**
 * A generator that keeps the contract, with rows as objects: a test replaces one of its methods to break it. Real
 * generators write columns.
 */
export class RowGenerator implements DatasetGenerator {
  name = 'rows';
  version = 1;
  tables: readonly TableDefinition[] = [places, visits];
  config: GeneratorConfig;
  chunkSize: number;

  constructor(config: GeneratorConfig, chunkSize = 65_536) {
    this.config = config;
    this.chunkSize = chunkSize;
  }

  *blocks(table: TableDefinition, window: TimeRange, wanted: BlockFilter = {}): Generator<Block> {
    if (table.name === 'places') {
      yield* rowBlocks(PLACES.length, wanted);
      return;
    }
    for (let dayMs = window.startMs; dayMs < window.endMs; dayMs += DAY_MS) {
      for (const [i, half] of HALVES.entries()) {
        const key = `${formatDay(dayMs)}~${String(i)}`;
        const startMs = dayMs + i * HALF_MS;
        if (key < (wanted.from ?? '') || (wanted.values?.['half'] ?? half) !== half) continue;
        const time = { startMs, endMs: startMs + HALF_MS };
        yield { key, rowCount: ROWS, exact: true, time, values: { half } };
      }
    }
  }

  rows(table: TableDefinition, { rowCount, time }: Block): Row[] {
    if (table.name === 'places') return PLACES.map(([name, zone]) => ({ name, zone }));
    const startMs = time?.startMs ?? 0;
    const random = new KeyedRandom(this.config.seed, 'score');
    return Array.from({ length: rowCount }, (_, row) => {
      const place = PLACES[row % (PLACES.length + 1)];
      const number = (startMs / HALF_MS) * ROWS + row;
      return {
        half: HALVES[(startMs / HALF_MS) % 2] ?? '',
        number,
        ts: (startMs + row * 1_000) * 1_000,
        name: place?.[0] ?? null,
        zone: place?.[1] ?? null,
        score: random.uint32(number),
      };
    });
  }

  *generate(table: TableDefinition, block: Block, memory?: Arena): Iterable<RecordBatch> {
    const rows = this.rows(table, block);
    for (let start = 0; start < rows.length; start += this.chunkSize)
      yield batchOf(table, rows.slice(start, start + this.chunkSize), memory);
  }
}

export function batchOf({ schema }: TableDefinition, rows: readonly Row[], memory?: Arena): RecordBatch {
  const builder = new BatchBuilder(schema, rows.length, memory);
  for (const field of schema.fields) {
    const { name } = field;
    if (name === 'half') {
      const cells = builder.dictionary(name, halves);
      rows.forEach((row, i) => {
        cells.indexes[i] = HALVES.indexOf(String(row[name]));
      });
    } else if (typeNameOf(field) === 'text') {
      const cells = builder.utf8(name);
      for (const row of rows) {
        const value = row[name] ?? null;
        if (value === null) {
          cells.endNull();
        } else {
          cells.appendText(String(value));
          cells.endRow();
        }
      }
    } else {
      const cells = builder.int64(name);
      rows.forEach((row, i) => {
        const value = row[name] ?? null;
        if (value === null) cells.setNull(i);
        else cells.set(i, Number(value));
      });
    }
  }
  return builder.finish();
}

/** A plug-in of the generator, with parts of every instance replaced. */
export function rowPlugin(
  breakIt: (generator: RowGenerator) => void = () => undefined,
  replaced: Partial<GeneratorPlugin> = {},
): GeneratorPlugin {
  return {
    ...definePlugin({
      kind: 'generator',
      name: 'rows',
      description: 'Visits to places',
      options: GeneratorConfig,
      module: import.meta.url,
      export: 'goodPlugin',
      create: (config, chunkSize) => {
        const generator = new RowGenerator(config, chunkSize);
        breakIt(generator);
        return generator;
      },
    }),
    ...replaced,
  };
}

export const goodPlugin = rowPlugin();
