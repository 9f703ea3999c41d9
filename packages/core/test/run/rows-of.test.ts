import { describe, expect, it } from '@jest/globals';
import { makeData, RecordBatch, Struct, vectorFromArray } from 'apache-arrow';
import {
  boolean,
  category,
  column,
  date,
  DAY_MS,
  dayBlocks,
  dayOf,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  StreamingGenerator,
  type TableSource,
  text,
  textDictionary,
} from '../../src/generator.ts';
import { DatagenError, type DatasetGenerator, rowsOf, tableOf } from '../../src/index.ts';

const kinds = textDictionary(['open', 'größer']);

const events: TableSource = {
  table: defineTable({
    name: 'events',
    description: 'A row with a column of every type.',
    primaryKey: ['id'],
    timeColumn: 'ts',
    columns: [
      column('id', int64(), 'Number'),
      column('ts', instant(), 'When'),
      column('small', int32(), 'A small number', { nullable: true }),
      column('ratio', float64(), 'A double'),
      column('price', decimal(12, 2), 'Money'),
      column('day', date(), 'Its day'),
      column('flag', boolean(), 'Yes or no'),
      column('kind', category(), 'From a list'),
      column('note', text(), 'Text'),
    ],
  }),
  blocks: (window) => dayBlocks(window, () => ({ rowCount: 4, exact: true })),
  open: ({ time, rowCount }) => ({
    rowCount,
    fill: (builder, start) => {
      const startMs = time?.startMs ?? 0;
      const id = builder.int64('id');
      const ts = builder.int64('ts');
      const small = builder.int32('small');
      const ratio = builder.float64('ratio');
      const price = builder.decimal('price');
      const day = builder.date('day');
      const flag = builder.boolean('flag');
      const kind = builder.dictionary('kind', kinds);
      const note = builder.utf8('note');
      for (let i = 0; i < builder.length; i++) {
        const row = start + i;
        id.set(i, 2 ** 40 + dayOf(startMs) * 10 + row);
        ts.set(i, startMs * 1_000 + row * 1_500);
        small.values[i] = 0 - row;
        if (row === 2) small.setNull(i);
        ratio.values[i] = row / 3;
        price.set(i, row === 1 ? -1_999 : 10);
        day.values[i] = dayOf(startMs);
        if (row % 2 === 1) flag.setTrue(i);
        kind.indexes[i] = row % 2;
        note.appendText(`note ${String(row)}`);
        note.endRow();
      }
    },
  }),
};

/** Counts the blocks that were made. */
class Events extends StreamingGenerator {
  readonly name = 'events';
  readonly version = 1;
  readonly sources = [events];
  made = 0;

  override *generate(...args: Parameters<DatasetGenerator['generate']>): Iterable<RecordBatch> {
    this.made++;
    yield* super.generate(...args);
  }
}

const make = (dates = {}, chunkSize = 3) =>
  new Events({ seed: 1, fileRowsTarget: 1, compression: 'snappy', ...dates }, chunkSize);

const days = { startDate: '2026-01-05', endDate: '2026-01-06' };

describe('rowsOf', () => {
  it('gives rows as objects, with each type as a program likes it', () => {
    const generator = make();
    expect(rowsOf(generator, 'events', { ...days, limit: 3 })).toEqual([
      {
        id: 2 ** 40 + 204_580,
        ts: new Date('2026-01-05T00:00:00.000Z'),
        small: 0,
        ratio: 0,
        price: 0.1,
        day: '2026-01-05',
        flag: false,
        kind: 'open',
        note: 'note 0',
      },
      {
        id: 2 ** 40 + 204_581,
        ts: new Date('2026-01-05T00:00:00.001Z'),
        small: -1,
        ratio: 1 / 3,
        price: -19.99,
        day: '2026-01-05',
        flag: true,
        kind: 'größer',
        note: 'note 1',
      },
      {
        id: 2 ** 40 + 204_582,
        ts: new Date('2026-01-05T00:00:00.003Z'),
        small: null,
        ratio: 2 / 3,
        price: 0.1,
        day: '2026-01-05',
        flag: false,
        kind: 'open',
        note: 'note 2',
      },
    ]);
    expect(generator.made).toBe(1);
  });

  it('goes on over batches and days up to the limit or the end of the window', () => {
    const notes = (limit?: number) =>
      rowsOf(make(), 'events', { ...days, ...(limit !== undefined && { limit }) }).map((row) => row['note']);
    const all = [0, 1, 2, 3, 0, 1, 2, 3].map((row) => `note ${String(row)}`);
    expect(notes()).toEqual(all);
    for (const limit of [0, 1, 3, 4, 5, 8, 9]) expect(notes(limit)).toEqual(all.slice(0, limit));
  });

  it('takes the window of the options of the generator, and 30 days up to yesterday without any', () => {
    expect(rowsOf(make(days), 'events')).toEqual(rowsOf(make(), 'events', days));
    expect(rowsOf(make(days), 'events', { endDate: '2026-01-05' })).toHaveLength(4);
    const recent = rowsOf(make(), 'events');
    expect(recent).toHaveLength(30 * 4);
    expect((recent[0]?.['ts'] as Date).getTime()).toBe((dayOf(Date.now()) - 30) * DAY_MS);
  });

  it('refuses in one sentence what cannot be', () => {
    expect(() => rowsOf(make(), 'event')).toThrow(
      'Unknown table of events "event". Did you mean "events"? Known: events.',
    );
    for (const limit of [-1, 1.5, Number.NaN])
      expect(() => rowsOf(make(), 'events', { limit })).toThrow(
        `Expected \`limit\` to be a whole number from 0 on, got ${String(limit)}.`,
      );
    expect(() => rowsOf(make(), 'events', { startDate: '2026-02-30' })).toThrow(DatagenError);
  });

  it('refuses to round a whole number beyond 2^53, which the Arrow table keeps', () => {
    const generator = make();
    const table = defineTable({
      name: 'big',
      description: 'Numbers of 64 bits.',
      primaryKey: ['id'],
      columns: [column('id', int64(), 'Number')],
    });
    const big: DatasetGenerator = {
      name: 'big',
      version: 1,
      config: generator.config,
      tables: [table],
      blocks: () => [{ key: 'r0', rowCount: 1, exact: true }],
      generate: () => [
        new RecordBatch(
          table.schema,
          makeData({
            type: new Struct(table.schema.fields),
            children: [vectorFromArray([2n ** 53n], int64()).data[0] as never],
          }),
        ),
      ],
    };
    expect(() => rowsOf(big, 'big')).toThrow(
      'Expected whole numbers within 2^53 in column `id` of `big`, got 9007199254740992: read it with `tableOf`.',
    );
    expect(tableOf(big, 'big').getChild('id')?.get(0)).toBe(2n ** 53n);
  });
});

describe('tableOf', () => {
  it('holds the same rows exactly', () => {
    const table = tableOf(make(), 'events', { ...days, limit: 5 });
    expect(table.numRows).toBe(5);
    expect(table.schema.fields.map(String)).toEqual(events.table.schema.fields.map(String));
    expect([...(table.getChild('kind') ?? [])]).toEqual(['open', 'größer', 'open', 'größer', 'open']);
    expect((table.getChild('ts')?.data[0]?.values as BigInt64Array)[1]).toBe(1_767_571_200_001_500n);
    expect([...(table.getChild('small') ?? [])]).toEqual([0, -1, null, -3, 0]);
  });

  it('is a table with columns where there are no rows', () => {
    const table = tableOf(make(), 'events', { ...days, limit: 0 });
    expect([table.numRows, table.numCols]).toEqual([0, 9]);
  });
});
