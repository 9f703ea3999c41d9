import { type TableDefinition, DayCoverage, type TableChange } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { coverageIn, coverageProperties } from '../../src/commit/coverage.ts';
import type { Snapshot, TableMetadata } from '../../src/metadata/index.ts';

const DIGEST = 'd41d8cd98f00';
const dataset = { generator: 'sample', version: 1, options: {}, digest: DIGEST };
const EMPTY: TableMetadata = {
  'format-version': 2,
  'table-uuid': '9c12d441-03fe-4693-9a96-a0705ddf69c1',
  location: 'file:///t',
  'last-sequence-number': 0,
  'last-updated-ms': 0,
  'last-column-id': 1,
  schemas: [{ type: 'struct', 'schema-id': 0, fields: [] }],
  'current-schema-id': 0,
  'partition-specs': [{ 'spec-id': 0, fields: [] }],
  'default-spec-id': 0,
  'last-partition-id': 999,
  'sort-orders': [{ 'order-id': 0, fields: [] }],
  'default-sort-order-id': 0,
  properties: {},
  snapshots: [],
  refs: {},
  'snapshot-log': [],
  'metadata-log': [],
};

/** A table whose history is told step by step; ids are far beyond 2^53. */
class History {
  metadata = EMPTY;
  readonly #first = 8_835_305_759_777_357_000n;

  idOf(number: number): bigint {
    return this.#first + BigInt(number);
  }

  /** Somebody adds a snapshot to the current one, or, as `CREATE OR REPLACE`, to none. */
  snapshot(summary: Readonly<Record<string, string>> = {}, { replaces = false } = {}): this {
    const sequence = this.metadata['last-sequence-number'] + 1;
    const parent = this.metadata['current-snapshot-id'];
    const snapshot: Snapshot = {
      'snapshot-id': this.idOf(sequence),
      ...(parent !== undefined && !replaces && { 'parent-snapshot-id': parent }),
      'sequence-number': sequence,
      'timestamp-ms': sequence,
      summary: { operation: 'append', ...summary },
    };
    this.metadata = {
      ...this.metadata,
      snapshots: [...this.metadata.snapshots, snapshot],
      'current-snapshot-id': snapshot['snapshot-id'],
      'last-sequence-number': sequence,
    };
    return this;
  }

  /** Datagen adds a snapshot that completes days. */
  run(...window: readonly [first: string, last: string]): this {
    const before = coverageIn('t', this.metadata);
    this.snapshot();
    const change = {
      table: { name: 't' } as TableDefinition,
      base: { incarnation: before.incarnation ?? '', datasets: before.datasets },
      coverage: before.coverage.with(DIGEST, {
        startMs: Date.parse(window[0]),
        endMs: Date.parse(window[1]) + 86_400_000,
      }),
      datasets: [dataset],
      generation: before.generation,
    } as unknown as TableChange;
    const snapshot = this.metadata.snapshots.at(-1) as Snapshot;
    const properties = {
      ...this.metadata.properties,
      ...coverageProperties(change, this.metadata, snapshot),
    };
    this.metadata = { ...this.metadata, properties };
    return this;
  }

  rollBackTo(number: number): this {
    this.metadata = { ...this.metadata, 'current-snapshot-id': this.idOf(number) };
    return this;
  }

  /** `asPyiceberg`: takes the expired parents off the snapshots that are left. */
  expire(numbers: readonly number[], { asPyiceberg = false } = {}): this {
    const gone = numbers.map((number) => this.idOf(number));
    const left = this.metadata.snapshots.filter((each) => !gone.includes(each['snapshot-id']));
    const snapshots = left.map((each) => {
      const { 'parent-snapshot-id': parent, ...rest } = each;
      return asPyiceberg && parent !== undefined && gone.includes(parent) ? rest : each;
    });
    this.metadata = { ...this.metadata, snapshots };
    return this;
  }

  get spans(): unknown {
    const { days } = coverageIn('t', this.metadata).coverage;
    const covered = days[DIGEST];
    if (covered === undefined || covered === 'all') return covered;
    return covered.map((span) => span.map((day) => new Date(day * 86_400_000).toISOString().slice(5, 10)));
  }

  get generation(): number {
    return coverageIn('t', this.metadata).generation;
  }
}

describe('what a table holds', () => {
  const week = () => new History().run('2026-01-01', '2026-01-03').run('2026-01-04', '2026-01-07');

  it('is nothing before the first run, and the union of all windows then', () => {
    expect(new History().spans).toBeUndefined();
    expect(new History().snapshot().spans).toBeUndefined();
    expect(week().spans).toEqual([['01-01', '01-07']]);
  });

  it('stays what it is when others append, delete and compact', () => {
    expect(week().snapshot().snapshot().spans).toEqual([['01-01', '01-07']]);
  });

  it('is what it was at the snapshot that the table is rolled back to', () => {
    const history = week().rollBackTo(1);
    expect(history.spans).toEqual([['01-01', '01-03']]);
    expect(history.snapshot().spans).toEqual([['01-01', '01-03']]);
    expect(history.run('2026-01-04', '2026-01-05').spans).toEqual([['01-01', '01-05']]);
    expect(history.rollBackTo(2).spans).toEqual([['01-01', '01-07']]);
  });

  it('is nothing once the table is rolled back to before the first run', () => {
    expect(new History().snapshot().run('2026-01-01', '2026-01-03').rollBackTo(1).spans).toBeUndefined();
  });

  it('is nothing once another engine has replaced the table', () => {
    const replaced = week().snapshot(
      { 'total-data-files': '2', 'added-data-files': '2' },
      { replaces: true },
    );
    expect(replaced.spans).toBeUndefined();
    expect(replaced.expire([1, 2]).spans).toBeUndefined();
  });

  it('stays known when its snapshots expire, whoever expires them', () => {
    for (const asPyiceberg of [false, true]) {
      const history = week()
        .snapshot({ 'total-data-files': '8', 'added-data-files': '1' })
        .snapshot({ 'total-data-files': '9', 'added-data-files': '1' })
        .expire([1, 2, 3], { asPyiceberg });
      expect(history.spans).toEqual([['01-01', '01-07']]);
    }
  });

  it('is that of an expired snapshot when a newer one was rolled back', () => {
    const history = new History().run('2026-01-01', '2026-01-03').snapshot().run('2026-01-04', '2026-01-07');
    expect(history.rollBackTo(2).expire([1]).spans).toEqual([['01-01', '01-03']]);
    expect(history.expire([3]).spans).toEqual([['01-01', '01-03']]);
    expect(history.snapshot().spans).toEqual([['01-01', '01-03']]);
  });

  it('does not count a snapshot that was rolled back and has expired with the one before it', () => {
    const history = week().rollBackTo(1).snapshot().expire([1, 2]);
    expect(history.spans).toEqual([['01-01', '01-03']]);
  });

  it('is looked up in the snapshots of the last fifty runs', () => {
    const history = new History();
    for (let day = 0; day < 60; day++) {
      const text = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      history.run(text, text);
    }
    expect(JSON.parse(history.metadata.properties['datagen.coverage'] ?? '')).toHaveLength(50);
    expect(history.spans).toEqual([['01-01', '03-01']]);
    expect(history.rollBackTo(11).spans).toEqual([['01-01', '01-11']]);
    expect(coverageIn('t', history.metadata).isForgotten).toBe(false);
    expect(history.rollBackTo(10).spans).toBeUndefined();
    expect(coverageIn('t', history.metadata).isForgotten).toBe(true);
  });
});

describe('the generation of a table', () => {
  it('is another one after a rollback, so that no new file takes a path that expiry removes', () => {
    const history = new History().run('2026-01-01', '2026-01-03').run('2026-01-04', '2026-01-07');
    expect(history.generation).toBe(0);
    expect(history.rollBackTo(1).generation).toBe(1);
    expect(history.run('2026-01-04', '2026-01-07').generation).toBe(1);
    expect(history.rollBackTo(1).generation).toBe(2);
  });
});

describe('the properties of a table', () => {
  it('name the datasets that their list speaks of', () => {
    const { metadata } = new History().run('2026-01-01', '2026-01-03');
    expect(coverageIn('t', metadata).datasets).toEqual([dataset]);
    expect(JSON.parse(metadata.properties['datagen.coverage'] ?? '')).toEqual([
      {
        snapshot: '8835305759777357001',
        sequence: 1,
        days: { [DIGEST]: [['2026-01-01', '2026-01-03']] },
      },
    ]);
  });

  it('are refused where they cannot be read', () => {
    const properties = { 'datagen.coverage': '[{"snapshot":' };
    expect(() => coverageIn('shop.orders', { ...EMPTY, properties })).toThrow(
      /^The property datagen.coverage of shop.orders cannot be read, so nobody knows what the table holds: /,
    );
  });

  it('say `all` of a table without time', () => {
    const properties = {
      'datagen.coverage': JSON.stringify([{ snapshot: '7', sequence: 1, days: { [DIGEST]: 'all' } }]),
    };
    const found = coverageIn('t', {
      ...EMPTY,
      properties,
      'current-snapshot-id': 7n,
      snapshots: [{ 'snapshot-id': 7n, 'sequence-number': 1, 'timestamp-ms': 0 }],
    });
    expect(found.coverage).toEqual(new DayCoverage({ [DIGEST]: 'all' }));
  });
});
