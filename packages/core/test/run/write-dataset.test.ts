import { describe, expect, it } from '@jest/globals';
import {
  type BatchBuilder,
  type Block,
  column,
  dayBlocks,
  defineTable,
  firstRowOf,
  instant,
  int64,
  rowBlocks,
  LegacyStreamingGenerator,
  type TimeRange,
} from '../../src/generator.ts';
import { GeneratorConfig } from '../../src/generator.ts';
import {
  identifyDataset,
  parseOptions,
  PartitionSpec,
  type Progress,
  type TableDefinition,
  writeDataset,
} from '../../src/index.ts';
import { countingWriter } from './counting-writer.ts';

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

class TinyGenerator extends LegacyStreamingGenerator {
  readonly name = 'tiny';
  readonly version: number = 1;
  readonly tables = [places, events];

  *blocks(table: TableDefinition, window: TimeRange): Generator<Block> {
    if (table === places) yield* rowBlocks(100);
    else yield* dayBlocks(window, () => ({ rowCount: 10, exact: true }));
  }

  protected openBlock(table: TableDefinition, block: Block) {
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
            ...(warning !== undefined && { warning }),
          }),
        },
        { partitionSpec },
      );
    expect((await run('This is slow.')).warnings).toEqual(['This is slow.']);
    expect((await run()).warnings).toEqual([]);
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
      { table: 'places', rowCount: 100, fileCount: 1, byteSize: 100, presentRowCount: 0, exact: true },
      { table: 'events', rowCount: 50, fileCount: 3, byteSize: 50, presentRowCount: 0, exact: true },
    ]);
    expect(progress[0]).toEqual({ table: 'places', rowCount: 100, totalRowCount: 150 });
    expect(progress.at(-1)).toEqual({ table: 'events', rowCount: 150, totalRowCount: 150 });
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

describe('identifyDataset', () => {
  const digestOf = (options: object, version = 1) =>
    identifyDataset(Object.assign(new TinyGenerator(config(options)), { version })).digest;

  it('depends on name, version, options and seed, not on window or layout', () => {
    expect(digestOf({})).toBe(
      digestOf({ startDate: '2026-01-01', endDate: '2026-02-01', fileRowsTarget: 3, compression: 'gzip' }),
    );
    expect(digestOf({ seed: 1 })).not.toBe(digestOf({}));
    expect(digestOf({}, 2)).not.toBe(digestOf({}));
    expect(digestOf({})).toMatch(/^[0-9a-f]{12}$/);
  });
});
