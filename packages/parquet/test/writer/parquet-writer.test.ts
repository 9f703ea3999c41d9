import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  column,
  dayBlocks,
  defineTable,
  instant,
  int32,
  int64,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';
import { type DatasetGenerator, PluginRegistry, type WriteDatasetOptions, writeDataset } from '@datagen/core';
import { GeneratorConfig } from '@datagen/core/generator';
import { MemoryStorage, ownOwner, parseOptions, PartitionSpec, type WriteMode } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { parquet, parquetPlugin } from '../../src/index.ts';
import { filesBelow, readMetadata } from '../hyparquet-reader.ts';
import { createPlace } from '../place.ts';

const readings = (columns = [column('value', int32(), 'What was read')]) =>
  defineTable({
    name: 'readings',
    description: 'What a meter read.',
    primaryKey: ['id'],
    timeColumn: 'ts',
    columns: [column('id', int64(), 'Number'), column('ts', instant(), 'When'), ...columns],
  });

/** Three rows a day in one table. */
class MeterGenerator extends StreamingGenerator {
  readonly name: string;
  readonly version: number;
  protected readonly sources: readonly TableSource[];

  constructor(options: object = {}, { name = 'meter', version = 1, table = readings() } = {}) {
    super(parseOptions(GeneratorConfig, options, 'generator "meter"'));
    this.name = name;
    this.version = version;
    this.sources = [
      {
        table,
        blocks: (window) => dayBlocks(window, () => ({ rowCount: 3, exact: true })),
        open: ({ time }) => ({
          rowCount: 3,
          fill: (builder, start) => {
            const id = builder.int64('id');
            const ts = builder.int64('ts');
            const values = table.schema.names.slice(2).map((column) => builder.int32(String(column)).values);
            for (let i = 0; i < builder.length; i++) {
              id.set(i, start + i);
              ts.set(i, (time?.startMs ?? 0) * 1000 + i);
              for (const value of values) value[i] = this.config.seed;
            }
          },
        }),
      },
    ];
  }
}

const weekBy = (...partitionBy: string[]) =>
  new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-11', partitionBy });
const week = weekBy();
let place: string;

beforeEach(async () => {
  place = await createPlace();
});

function write(
  generator: DatasetGenerator = new MeterGenerator(),
  mode: WriteMode = 'error',
  options: WriteDatasetOptions = {},
) {
  return writeDataset(generator, parquet(place), { partitionSpec: week, mode, ...options });
}

/** Paths and contents of everything below the place. */
async function contents(): Promise<Record<string, string>> {
  const files = await filesBelow(place);
  const entries = files.map(
    async (file) => [path.relative(place, file), (await readFile(file)).toString('base64')] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function rejection(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  const { code, message } = thrown as { code: string; message: string };
  return { code, message: message.replaceAll(place, '<place>') };
}

describe('a table of Parquet files', () => {
  it('has in its report what its storage says of the files that were written', async () => {
    const warnings: string[] = [];
    const storage = Object.assign(new MemoryStorage('memory:unsure'), { warnings });
    expect(
      (await writeDataset(new MeterGenerator(), parquet(storage), { partitionSpec: week })).warnings,
    ).toEqual([]);
    const writer = parquet(storage);
    warnings.push('This disk is slow.');
    expect((await writeDataset(new MeterGenerator(), writer, { partitionSpec: week })).warnings).toEqual([
      'This disk is slow.',
    ]);
  });

  it('refuses a link to a folder below it, which DuckDB would not follow', async () => {
    await write();
    await rename(path.join(place, 'readings'), path.join(place, 'elsewhere'));
    await mkdir(path.join(place, 'readings'));
    await symlink(path.join(place, 'elsewhere'), path.join(place, 'readings/linked'));
    expect(await rejection(write())).toEqual({
      code: 'STORAGE_FAILED',
      message:
        'Cannot list <place>/readings/linked: it is a link to a folder, which some readers of the table follow and others do not. Put the folder itself in its place.',
    });
  });

  it('lies in hive folders, and master data in one folder', async () => {
    const generator = sampleGenerator({ nSites: 5, eventsPerDay: 2 });
    await writeDataset(generator, parquet(place), { partitionSpec: weekBy('month', 'group') });
    const names = Object.keys(await contents()).map((file) => file.replace(/[0-9a-f]{12}/, '<digest>'));
    expect(names).toEqual([
      'events/month=2026-01/group=50%25%20off%2F%C3%A9/events-<digest>-2026-01-05~0_2026-01-11~0.parquet',
      'events/month=2026-01/group=a%20b/events-<digest>-2026-01-05~1_2026-01-11~1.parquet',
      'events/month=2026-01/group=plain/events-<digest>-2026-01-05~2_2026-01-11~2.parquet',
      'sites/sites-<digest>-r000000000000_r000000000000.parquet',
    ]);
  });

  it('is compressed and cut into row groups as asked', async () => {
    const generator = sampleGenerator({ nSites: 3000, compression: 'zstd' });
    await writeDataset(generator, parquet(place, { rowGroupRows: 1024 }), {
      partitionSpec: week,
      tables: ['sites'],
    });
    const [file = ''] = await filesBelow(place);
    const { row_groups } = await readMetadata(file);
    expect(row_groups.map(({ num_rows }) => num_rows)).toEqual([1024n, 1024n, 952n]);
    expect(row_groups[0]?.columns[0]?.meta_data?.codec).toBe('ZSTD');
  });

  it('can lie in any storage', async () => {
    const storage = new MemoryStorage(`memory:${place}`);
    await writeDataset(new MeterGenerator(), parquet(storage), { partitionSpec: week });
    expect((await storage.list('readings')).map(({ path: file }) => file)).toEqual([
      expect.stringMatching(/^readings\/readings-[0-9a-f]{12}-2026-01-05_2026-01-11\.parquet$/),
    ]);
  });

  it('is made by the plug-in of that name', () => {
    const registry = new PluginRegistry();
    registry.registerWriter(parquetPlugin);
    expect(registry.createWriter('parquet', place, { encoder: 'javascript' }).outputUri).toBe(place);
    expect(() => registry.createWriter('parquet', place, { encoder: 'rust' })).toThrow(
      'Option `encoder` of the writer "parquet": expected one of auto, native, wasm, javascript, got "rust".',
    );
  });
});

describe('an interrupted run', () => {
  it('leaves whole files alone and is completed to the same bytes', async () => {
    const generator = sampleGenerator({ fileRowsTarget: 300 });
    await write(generator);
    const whole = await contents();
    place = await createPlace();
    const abort = new AbortController();
    let batches = 0;
    const broken = write(generator, 'error', {
      signal: abort.signal,
      onProgress: () => {
        if (++batches === 6) abort.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ code: 'ABORTED' });
    const half = await contents();
    expect(Object.keys(half).length).toBeGreaterThan(1);
    expect(Object.keys(half).length).toBeLessThan(Object.keys(whole).length);
    expect(whole).toMatchObject(half);
    await write(generator);
    expect(await contents()).toEqual(whole);
  });

  it('is followed by one that removes what a killed process was writing', async () => {
    await write();
    const before = await contents();
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = ownOwner().split('.').with(3, String(pid)).join('.');
    await mkdir(path.join(place, '.datagen/tmp'), { recursive: true });
    await writeFile(path.join(place, '.datagen/tmp', `${left}~1~readings.parquet`), 'half');
    await write();
    expect(await contents()).toEqual(before);
  });
});

describe('a table that holds another dataset', () => {
  it('is refused with what differs and what to do', async () => {
    await write();
    const before = await contents();
    expect(await rejection(write(new MeterGenerator({ seed: 7 })))).toEqual({
      code: 'TABLE_CONFLICT',
      message:
        '<place>/readings holds another dataset: generator "meter" with seed 42, and this run has seed 7. ' +
        'Run with the same options to continue it, choose another output, or use mode `append` to keep both or mode `overwrite` to replace it.',
    });
    expect((await rejection(write(new MeterGenerator({}, { version: 2 })))).message).toContain(
      'version 1 of generator "meter", and this run is of version 2.',
    );
    expect((await rejection(write(new MeterGenerator({}, { name: 'gauge' })))).message).toContain(
      'generator "meter", and this run is of "gauge".',
    );
    expect(await contents()).toEqual(before);
  });

  it('takes another one beside it in mode append, and either again without a change', async () => {
    await write();
    await write(new MeterGenerator({ seed: 7 }), 'append');
    const both = await contents();
    expect(Object.keys(both)).toHaveLength(2);
    await write(new MeterGenerator(), 'append');
    await write(new MeterGenerator({ seed: 7 }), 'append');
    expect(await contents()).toEqual(both);
  });

  it('takes no rows of another generator, and no other columns', async () => {
    await write();
    expect((await rejection(write(new MeterGenerator({}, { name: 'gauge' }), 'append'))).message).toBe(
      'Cannot append to <place>/readings: it holds rows of generator "meter", and this run is of "gauge". ' +
        'Choose another output, or replace the table with mode `overwrite`.',
    );
    const table = readings([column('value', int64(), 'x'), column('unit', int32(), 'x')]);
    expect((await rejection(write(new MeterGenerator({}, { version: 2, table }), 'append'))).message).toBe(
      'Cannot add to <place>/readings: its columns are not those of this run ' +
        '(there: value int32; here: value int64, unit int32). Choose another output, or replace the table with mode `overwrite`.',
    );
  });
});

describe('a folder that is laid out in another way', () => {
  it.each(['error', 'append'] as const)('is refused in mode %s with both layouts', async (mode) => {
    await write(new MeterGenerator(), 'error', { partitionSpec: weekBy('year', 'month') });
    const changed = write(new MeterGenerator(), mode, { partitionSpec: weekBy('day') });
    expect(await rejection(changed)).toEqual({
      code: 'TABLE_CONFLICT',
      message:
        '<place>/readings is partitioned by year,month, and this run asks for day. ' +
        'Use the same partitioning, choose another output, or replace the table with mode `overwrite`.',
    });
  });

  it('is refused when a time unit would hide a column of its name', async () => {
    const table = readings([column('day', int32(), 'x')]);
    const hidden = write(new MeterGenerator({}, { table }), 'error', { partitionSpec: weekBy('day') });
    expect(await rejection(hidden)).toEqual({
      code: 'INVALID_OPTION',
      message:
        'Cannot partition `readings` by `day`: readers would take its folders for the column of that name.',
    });
  });
});

describe('a folder that holds something else', () => {
  it.each(['error', 'append'] as const)('is refused in mode %s when the files are not ours', async (mode) => {
    await write();
    const [file = ''] = await filesBelow(place);
    await rename(file, path.join(path.dirname(file), 'part-0.parquet'));
    await writeFile(path.join(path.dirname(file), 'README.txt'), 'no table file');
    await writeFile(path.join(path.dirname(file), '_SUCCESS'), '');
    expect(await rejection(write(new MeterGenerator(), mode))).toEqual({
      code: 'TABLE_CONFLICT',
      message:
        '<place>/readings holds a Parquet file that datagen did not write or that was renamed (readings/part-0.parquet), ' +
        'and readers of the table take it for a part of it. ' +
        'Remove it, choose another output, or replace all files with mode `overwrite`.',
    });
  });

  it.each([
    ['_delta_log/00000000000000000000.json', 'a Delta'],
    ['metadata/00000-x.metadata.json', 'an Iceberg'],
  ])('is refused in every mode when it has %s', async (marker, format) => {
    await mkdir(path.join(place, 'readings', path.dirname(marker)), { recursive: true });
    await writeFile(path.join(place, 'readings', marker), '{}');
    for (const mode of ['error', 'append', 'overwrite'] as const) {
      expect(await rejection(write(new MeterGenerator(), mode))).toEqual({
        code: 'TABLE_CONFLICT',
        message:
          `<place>/readings is ${format} table, whose metadata would not know of plain Parquet files. ` +
          'Choose another output, or write that format.',
      });
    }
  });

  it('is refused when a file is cut off or stands in its place', async () => {
    await write();
    const [file = ''] = await filesBelow(place);
    await writeFile(file, 'PAR1');
    expect((await rejection(write())).message).toMatch(
      /^<place>\/readings\/.*\.parquet is no whole Parquet file: its end is missing or damaged\. Remove it and run/,
    );
    place = await createPlace();
    await appendFile(path.join(place, 'readings'), 'a file');
    expect(await rejection(write())).toEqual({
      code: 'STORAGE_FAILED',
      message:
        'Cannot list <place>/readings: a file is in the place of a folder. Remove it or choose another output.',
    });
  });
});

describe('overwrite', () => {
  it('replaces other datasets, layouts and foreign files, and leaves what is no data', async () => {
    await write(new MeterGenerator(), 'error', { partitionSpec: weekBy('day') });
    await writeFile(path.join(place, 'readings', 'part-0.parquet'), 'somebody else wrote this');
    await writeFile(path.join(place, 'readings', 'README.txt'), 'kept');
    await write(new MeterGenerator({ seed: 7 }), 'overwrite');
    expect(Object.keys(await contents()).map((name) => name.replace(/[0-9a-f]{12}/, '<digest>'))).toEqual([
      'readings/README.txt',
      'readings/readings-<digest>-2026-01-05_2026-01-11.parquet',
    ]);
  });

  it('gives the same bytes when it replaces a dataset by itself', async () => {
    await write();
    const before = await contents();
    const report = await write(new MeterGenerator(), 'overwrite');
    expect(report.tables).toMatchObject([{ rowCount: 21, fileCount: 1 }]);
    expect(await contents()).toEqual(before);
  });

  it('keeps the old files until the new ones are whole', async () => {
    await write();
    const before = await contents();
    const abort = new AbortController();
    const broken = write(new MeterGenerator({ seed: 7, fileRowsTarget: 6 }), 'overwrite', {
      signal: abort.signal,
      onProgress: ({ rowCount }) => {
        if (rowCount > 9) abort.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await contents()).toMatchObject(before);
  });
});
