import { describe, expect, it } from '@jest/globals';
import {
  type BatchBuilder,
  type Block,
  column,
  type DatasetGenerator,
  dayBlocks,
  defineTable,
  firstRowOf,
  instant,
  int64,
  rowBlocks,
  type OpenBlock,
  StreamingGenerator,
  type TableSource,
} from '../../src/generator.ts';
import { GeneratorConfig } from '../../src/generator.ts';
import {
  parseOptions,
  PartitionSpec,
  type Progress,
  type TableDefinition,
  writeDataset,
} from '../../src/index.ts';
import type { TableWriter } from '../../src/writer/index.ts';
import { countingWriter } from './counting-writer.ts';

const brokenWriters = new URL('./broken-file-writers.ts', import.meta.url).href;

const places = defineTable({
  name: 'places',
  description: 'Places',
  primaryKey: ['id'],
  columns: [column('id', int64(), 'id')],
});
const events = defineTable({
  name: 'events',
  description: 'Events',
  primaryKey: ['id'],
  timeColumn: 'ts',
  columns: [column('id', int64(), 'id'), column('ts', instant(), 'time')],
});

class TinyGenerator extends StreamingGenerator {
  readonly name = 'tiny';
  readonly version: number = 1;
  protected readonly sources: readonly TableSource[] = [
    {
      table: places,
      blocks: (_, wanted) => rowBlocks(100, wanted),
      open: (block) => this.openBlock(places, block),
    },
    {
      table: events,
      blocks: (window) => dayBlocks(window, () => ({ rowCount: 10, exact: true })),
      open: (block) => this.openBlock(events, block),
    },
  ];

  protected openBlock(table: TableDefinition, block: Block): OpenBlock {
    return {
      rowCount: block.rowCount,
      fill: (builder: BatchBuilder, start: number) => this.fill(table, block, builder, start),
    };
  }

  protected fill(table: TableDefinition, block: Block, builder: BatchBuilder, start: number): void {
    const id = builder.int64('id');
    const first = table === places ? firstRowOf(block) : (block.time?.startMs ?? 0);
    const ts = table === events ? builder.int64('ts') : undefined;
    for (let i = 0; i < builder.length; i++) {
      id.set(i, first + start + i);
      ts?.set(i, first * 1000);
    }
  }
}

const config = (options: object = {}) => parseOptions(GeneratorConfig, options, 'generator "tiny"');
const partitionSpec = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-05' });

describe('writeDataset', () => {
  it('reports what tables warn of, each warning once', async () => {
    const writer = countingWriter();
    const run = (warning?: string) =>
      writeDataset(
        new TinyGenerator(config()),
        {
          ...writer,
          openTable: async (table, options) => ({
            ...(await writer.openTable(table, options)),
            ...(warning !== undefined && { warnings: [warning] }),
          }),
        },
        { partitionSpec },
      );
    expect((await run('This is slow.')).warnings).toEqual(['This is slow.']);
    expect((await run()).warnings).toEqual([]);
  });

  it('reports once what data files say of their storage, and the writer perhaps too', async () => {
    const writer = countingWriter();
    const warning: TableWriter = {
      ...writer,
      warnings: ['The disk is old.', 'It is full.'],
      openTable: async (...args) => ({
        ...(await writer.openTable(...args)),
        fileWriter: { module: brokenWriters, export: 'warns', options: null },
      }),
    };
    const report = await writeDataset(new TinyGenerator(config()), warning, { partitionSpec });
    expect(report.warnings).toEqual(['The disk is old.', 'It is full.']);
  });

  it('opens every table before it writes, commits all at once, parents first, and reports what it did', async () => {
    const writer = countingWriter();
    const progress: Progress[] = [];
    const report = await writeDataset(new TinyGenerator(config({ fileRowsTarget: 20 })), writer, {
      partitionSpec,
      onProgress: (step) => progress.push(step),
    });
    expect(writer.opened).toEqual([
      ['places', 'error'],
      ['events', 'error'],
    ]);
    expect(
      writer.commits.map((tables) => tables.map(({ opened, files }) => [opened.table.name, files.length])),
    ).toEqual([
      [
        ['places', 1],
        ['events', 3],
      ],
    ]);
    expect(report.tables).toEqual([
      {
        table: 'places',
        rowCount: 100,
        fileCount: 1,
        byteSize: 100,
        adoptedRowCount: 0,
        presentRowCount: 0,
        exact: true,
      },
      {
        table: 'events',
        rowCount: 50,
        fileCount: 3,
        byteSize: 50,
        adoptedRowCount: 0,
        presentRowCount: 0,
        exact: true,
      },
    ]);
    expect(progress[0]).toEqual({ table: 'places', rowCount: 100, totalRowCount: 150, exact: true });
    expect(progress.at(-1)).toEqual({ table: 'events', rowCount: 150, totalRowCount: 150, exact: true });
  });

  it('says in its progress that a total is an estimate, from the first file of such a table on', async () => {
    const generator = new TinyGenerator(config());
    const { name, version, config: options, tables } = generator;
    const estimated: DatasetGenerator = {
      ...{ name, version, config: options, tables },
      generate: (...asked) => generator.generate(...asked),
      *blocks(table, window) {
        for (const block of generator.blocks(table, window))
          yield { ...block, exact: table.name !== 'events' };
      },
    };
    const seen: boolean[] = [];
    const onProgress = ({ exact }: Progress) => seen.push(exact);
    await writeDataset(estimated, countingWriter(), { partitionSpec, tables: ['places'], onProgress });
    expect(new Set(seen)).toEqual(new Set([true]));
    await writeDataset(estimated, countingWriter(), { partitionSpec, onProgress });
    expect(seen.at(-1)).toBe(false);
  });

  it('writes only the tables asked for and refuses one that does not exist', async () => {
    const writer = countingWriter();
    const generator = new TinyGenerator(config());
    await writeDataset(generator, writer, { partitionSpec, tables: ['events'] });
    expect(writer.opened).toEqual([['events', 'error']]);
    await expect(writeDataset(generator, writer, { partitionSpec, tables: ['evnts'] })).rejects.toMatchObject(
      {
        code: 'UNKNOWN_NAME',
        message: 'Unknown table of tiny "evnts". Did you mean "events"? Known: places, events.',
      },
    );
  });

  it('takes the window from the generator’s options, else the last 30 full days', async () => {
    const dated = await writeDataset(
      new TinyGenerator(config({ startDate: '2026-02-01', endDate: '2026-02-03' })),
      countingWriter(),
    );
    expect([dated.partitionSpec.startDate, dated.partitionSpec.endDate, dated.tables[1]?.rowCount]).toEqual([
      '2026-02-01',
      '2026-02-03',
      30,
    ]);
    const ending = await writeDataset(new TinyGenerator(config({ endDate: '2020-03-01' })), countingWriter());
    expect(ending.partitionSpec.startDate).toBe('2020-02-01');
    const recent = await writeDataset(new TinyGenerator(config()), countingWriter());
    expect(recent.tables[1]?.rowCount).toBe(300);
  });

  it('names the block and the cause when a generator fails, and commits nothing', async () => {
    class Failing extends TinyGenerator {
      protected override fill(
        table: TableDefinition,
        block: Block,
        builder: BatchBuilder,
        start: number,
      ): void {
        if (block.key === '2026-01-03') throw new RangeError('no such day');
        super.fill(table, block, builder, start);
      }
    }
    const writer = countingWriter();
    await expect(writeDataset(new Failing(config()), writer, { partitionSpec })).rejects.toMatchObject({
      code: 'GENERATE_FAILED',
      message: 'Block 2026-01-03 of `events` failed: no such day',
      cause: { message: 'no such day' },
    });
    expect(writer.commits).toEqual([]);
  });

  it('refuses a block that breaks its promise of rows', async () => {
    class Short extends TinyGenerator {
      protected override openBlock(table: TableDefinition, block: Block) {
        return { ...super.openBlock(table, block), rowCount: block.rowCount - 1 };
      }
    }
    await expect(
      writeDataset(new Short(config()), countingWriter(), { partitionSpec }),
    ).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: 'Block r000000000000 of `places` promised 100 rows and made 99.',
    });
  });

  it.each([
    ['skipsRows', /stopped after \d+ rows without asking for the rest \(blocks .* to .*\)/],
    ['countsWrong', /returned a file of \d+ rows where it was given \d+/],
    ['namesOther', /returned a file of `elsewhere`/],
  ] as const)('finds out a writer of data files that %s, and commits nothing', async (fault, message) => {
    const writer = countingWriter();
    const broken: TableWriter = {
      ...writer,
      openTable: async (...args) => ({
        ...(await writer.openTable(...args)),
        fileWriter: { module: brokenWriters, export: fault, options: null },
      }),
    };
    await expect(writeDataset(new TinyGenerator(config()), broken, { partitionSpec })).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: expect.stringMatching(message),
    });
    expect(writer.commits).toEqual([]);
  });

  it('names the table and the blocks when a writer of data files fails, with the cause', async () => {
    const writer = countingWriter();
    const broken: TableWriter = {
      ...writer,
      openTable: async (...args) => ({
        ...(await writer.openTable(...args)),
        fileWriter: { module: brokenWriters, export: 'fails', options: null },
      }),
    };
    await expect(writeDataset(new TinyGenerator(config()), broken, { partitionSpec })).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message:
        'Cannot write the file of `places` with blocks r000000000000 to r000000000000: the pen is empty',
      cause: { message: 'the pen is empty' },
    });
  });

  it('finds out a writer that answers fewer commits than it was given', async () => {
    const silent: TableWriter = { ...countingWriter(), commit: () => Promise.resolve([]) };
    await expect(writeDataset(new TinyGenerator(config()), silent, { partitionSpec })).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: 'The writer answered 0 of 2 commits; expected one outcome for each.',
    });
  });

  it('gives up after twenty rounds when others are first each time, and says who', async () => {
    const writer = countingWriter();
    let opened = 0;
    const losing: TableWriter = {
      ...writer,
      commit: async (commits) =>
        Promise.all(
          commits.map(async (commit) => ({
            moved: await writer.openTable(commit.opened.table, {
              spec: commit.spec,
              mode: commit.mode,
              dataset: commit.dataset,
              compression: 'none',
            }),
            by: `rival ${String(++opened)}`,
          })),
        ),
    };
    const progress: Progress[] = [];
    const run = writeDataset(new TinyGenerator(config()), losing, {
      partitionSpec,
      tables: 'events',
      onProgress: (step) => progress.push(step),
    });
    await expect(run).rejects.toMatchObject({
      code: 'COMMIT_CONFLICT',
      retryable: true,
      message: expect.stringContaining('before each of 20 commits, at last by rival 20.'),
    });
    // Files of the same tag are made once.
    expect(progress.at(-1)?.rowCount).toBe(50);
  });

  it('releases every table and closes the writer however the run ends', async () => {
    for (const fault of [undefined, 'fails'] as const) {
      const calls: string[] = [];
      const writer = countingWriter();
      const holding: TableWriter = {
        ...writer,
        openTable: async (table, options) => ({
          ...(await writer.openTable(table, options)),
          ...(fault && { fileWriter: { module: brokenWriters, export: fault, options: null } }),
          release: () => {
            calls.push(`release ${table.name}`);
            return Promise.reject(new Error('ignored'));
          },
        }),
        close: () => {
          calls.push('close');
          return Promise.resolve();
        },
      };
      await writeDataset(new TinyGenerator(config()), holding, { partitionSpec }).catch(() => undefined);
      expect(calls).toEqual(['release places', 'release events', 'close']);
    }
  });

  it('takes window, partitioning, file size and codec directly, as text and as plain objects', async () => {
    const writer = countingWriter();
    const report = await writeDataset(new TinyGenerator(config()), writer, {
      startDate: '2026-01-01',
      endDate: '2026-01-05',
      partitionBy: 'day',
      tables: 'events',
      fileRowsTarget: 1,
      compression: 'zstd',
    });
    expect(report.tables).toMatchObject([{ table: 'events', fileCount: 5 }]);
    expect(report.partitionSpec.partitionBy).toEqual(['day']);
    const plain = await writeDataset(new TinyGenerator(config()), writer, {
      partitionSpec: { startDate: '2026-01-01', endDate: '2026-01-02', partitionBy: 'month' },
    });
    expect(plain.partitionSpec).toBeInstanceOf(PartitionSpec);
  });

  it.each([
    [{ mode: 'replace' }, 'Unknown mode "replace". Known: error, append, overwrite, overwrite-window.'],
    [{ compression: 'lz4' }, 'Unknown compression "lz4". Known: snappy, zstd, gzip, none.'],
    [{ fileRowsTarget: Number.NaN }, 'Expected `fileRowsTarget` to be a whole number from 1 on, got NaN.'],
    [{ tables: 'place' }, 'Unknown table of tiny "place". Did you mean "places"? Known: places, events.'],
    [
      { partitionSpec, startDate: '2026-01-01' },
      'Expected `startDate` or `partitionSpec`, which says it too, and got both.',
    ],
  ])('refuses %p from JavaScript in a sentence', async (options, message) => {
    const run = writeDataset(new TinyGenerator(config()), countingWriter(), options as never);
    await expect(run).rejects.toMatchObject({ message });
  });

  it('refuses a missing or swapped generator or writer in a sentence', async () => {
    const generator = new TinyGenerator(config());
    const writer = countingWriter();
    await expect(writeDataset(undefined as never, writer)).rejects.toThrow(
      'Expected a generator as the first argument, as ecommerce() makes one, got nothing.',
    );
    await expect(writeDataset(writer as never, generator as never)).rejects.toThrow(
      /^Expected a generator as the first/,
    );
    await expect(writeDataset(generator, './out' as never)).rejects.toThrow(
      'Expected a writer as the second argument, as parquet(\'./out\') makes one, got "./out".',
    );
  });

  it('stops at an abort without committing', async () => {
    const abort = new AbortController();
    const writer = countingWriter();
    const run = writeDataset(new TinyGenerator(config()), writer, {
      partitionSpec,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
    expect(writer.commits).toEqual([]);
  });
});
