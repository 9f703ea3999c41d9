import assert from 'node:assert/strict';
import type { DatasetGenerator } from '@datagen/core';
import type { MemoryStorage } from '@datagen/core/writer';
import { readLogTable } from '../../src/log-table/read-log-table.ts';
import type { Command } from './schedule.ts';
import { tinyGenerator } from './tiny-generator.ts';

interface Entry {
  readonly dataset: { readonly digest: string; readonly options: { readonly seed: number } };
  readonly coverage: Readonly<Record<string, 'all' | readonly (readonly [number, number])[]>>;
  readonly generation: number;
}

const DAY_MS = 86_400_000;

/** The rows that a table must hold if its coverage is right: every block of every covered day, once. */
function rowsCovered(
  generator: DatasetGenerator,
  table: string,
  covered: 'all' | readonly (readonly [number, number])[],
): string[] {
  const definition = generator.tables.find(({ name }) => name === table);
  assert.ok(definition);
  const windows = covered === 'all' ? [[0, 0] as const] : covered;
  const rows: string[] = [];
  for (const [first, last] of windows) {
    for (const block of generator.blocks(definition, {
      startMs: first * DAY_MS,
      endMs: (last + 1) * DAY_MS,
    })) {
      for (const batch of generator.generate(definition, block)) {
        const columns = definition.schema.fields.map(
          ({ name }) => batch.getChild(name)?.data[0]?.values as BigInt64Array,
        );
        for (let row = 0; row < batch.numRows; row++)
          rows.push(JSON.stringify(columns.map((values) => String(values[row]))));
      }
    }
  }
  return rows;
}

/** What was committed so far, to be compared with what comes next. */
export class Model {
  /** Coverage after each commit, by table. */
  readonly #seen = new Map<string, Entry[]>();

  /** Checks that the days of a run that reported success are there, if nobody has overwritten the table. */
  checkSuccess({ firstDay, lastDay }: Command, digest: string): void {
    const entries = this.#seen.get('events') ?? [];
    if (entries.some(({ generation }) => generation > 0)) return;
    const covered = entries.at(-1)?.coverage[digest] ?? [];
    const first = Date.UTC(2026, 0, firstDay) / DAY_MS;
    const last = Date.UTC(2026, 0, lastDay) / DAY_MS;
    assert.ok(
      covered !== 'all' && covered.some(([from, to]) => from <= first && last <= to),
      'a run that went well is not there',
    );
  }

  /**
   * Reads every table with a reader that knows nothing of writers, and checks that it holds each block of what its log
   * says exactly once, and that no commit has lost what an earlier one had, unless it replaced it.
   */
  async check(storage: MemoryStorage): Promise<void> {
    for (const table of ['places', 'events']) {
      const listed = (await storage.list(`${table}/_log`)).map(({ path }) => path);
      const entries: Entry[] = [];
      for (const path of listed)
        entries.push(JSON.parse(new TextDecoder().decode(await storage.read(path))) as Entry);
      const before = this.#seen.get(table) ?? [];
      assert.deepEqual(entries.slice(0, before.length), before, `${table}: a commit has changed`);
      this.#seen.set(table, entries);
      const last = entries.at(-1);
      if (last === undefined) continue;
      for (const [i, entry] of entries.entries()) {
        const previous = entries[i - 1];
        if (previous !== undefined && previous.generation === entry.generation)
          assertGrows(previous, entry, table);
      }
      const seeds = new Map(entries.map((entry) => [entry.dataset.digest, entry.dataset.options.seed]));
      const expected = Object.entries(last.coverage).flatMap(([digest, covered]) =>
        rowsCovered(tinyGenerator(seeds.get(digest) ?? 0), table, covered),
      );
      const found = ((await readLogTable(storage, table)) ?? []).map((row) => JSON.stringify(row));
      assert.deepEqual(found.sort(), expected.sort(), `${table}: other rows than its coverage says`);
    }
  }
}

/** Within a generation nothing is lost. */
function assertGrows(before: Entry, after: Entry, table: string): void {
  for (const [digest, covered] of Object.entries(before.coverage)) {
    const now = after.coverage[digest];
    if (covered === 'all' || now === 'all') assert.equal(now, 'all', `${table}: a commit lost rows`);
    else
      for (const [first, last] of covered)
        assert.ok(
          now?.some(([from, to]) => from <= first && last <= to),
          `${table}: a commit lost days`,
        );
  }
}
