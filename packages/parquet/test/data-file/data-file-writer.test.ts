import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { column, decimal, defineTable, int64 } from '@datagen/core/generator';
import { LocalStorage, DatagenError } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { Field, Float32, List, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { loadEncoder } from '../../src/index.ts';
import { flatFilePath } from '../../src/data-file/path.ts';
import { idsBatch, things, thingsBatch, thingsBatches, writeThings } from '../all-types.ts';
import { createPlace } from '../place.ts';
import { TESTED_ENCODERS } from '../tested-encoders.ts';

describe('writeDataFile', () => {
  it('gives the same bytes in another process', async () => {
    const script = fileURLToPath(new URL('./file-digest.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--conditions=@datagen/source',
      script,
    ]);
    // Other dictionaries first: their ids are counted per process.
    thingsBatch(0, 5);
    const { bytes } = await writeThings(thingsBatches(3000, 500));
    expect(stdout).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('puts a file below the hive folders of its partition', async () => {
    const partition = [
      ['month', '2026-01'],
      ['group', 'a/b'],
      ['kind', null],
    ] as const;
    const { file, storage } = await writeThings(thingsBatches(5, 5), { partition });
    expect(await storage.list('things')).toMatchObject([{ path: file.path, byteSize: file.byteSize }]);
    expect(file.path).toMatch(
      /^things\/month=2026-01\/group=a%2Fb\/kind=__HIVE_DEFAULT_PARTITION__\/things-/,
    );
    expect(file.partition).toEqual(partition);
  });

  it('puts a file beside the others where partitions have no folders', async () => {
    const partition = [['group', 'a/b']] as const;
    const { file } = await writeThings(thingsBatches(5, 5), { partition, partitionFolders: 'none' });
    expect(file.path).toMatch(/^things\/things-[0-9a-f]{12}-r\d+_r\d+\.parquet$/);
    expect(file.partition).toEqual(partition);
    const range = { digest: '0123456789ab', partitionPath: 'x=y', firstBlock: '2026~a%', lastBlock: 'größe' };
    const flat = flatFilePath('t/data', 't', range, '0a1b2c3d');
    expect(flat).toBe('t/data/t-0123456789ab-2026~7Ea~25_gr~C3~B6~C3~9Fe_0a1b2c3d.parquet');
  });

  it('gives columns the ids that it is told', async () => {
    const fieldIds = new Map(things.schema.fields.map(({ name }, i) => [name, 100 - i]));
    const { bytes } = await writeThings(thingsBatches(5, 5), { fieldIds });
    const { schema } = parquetMetadata(new Uint8Array(bytes).buffer);
    expect(schema.slice(1).map(({ field_id: id }) => id)).toEqual([...fieldIds.values()]);
  });

  it.each(TESTED_ENCODERS.map((name) => [name, name === 'javascript' ? 5_000 : 150_000] as const))(
    'leaves nothing behind when the rows fail (%s)',
    async (encoder, rowCount) => {
      const place = await createPlace();
      async function* failing() {
        yield* thingsBatches(rowCount, 50_000);
        throw new RangeError('no more');
      }
      const failed = writeThings(failing(), { storage: new LocalStorage(place), encoder });
      await expect(failed).rejects.toMatchObject({
        code: 'ENCODE_FAILED',
        message:
          'Cannot encode things/things-0123456789ab-r000000000000_r000000000000.parquet of `things`: no more',
      });
      expect(await readdir(place)).toEqual([]);
    },
  );

  it('refuses batches that are not as the table declares', async () => {
    const strange = new Schema([new Field('id', decimal(5, 0))]);
    const children = [makeData({ type: decimal(5, 0), length: 1, data: new Uint32Array(4) })];
    const batch = new RecordBatch(
      strange,
      makeData({ type: new Struct(strange.fields), length: 1, nullCount: 0, children }),
    );
    async function* one() {
      yield await Promise.resolve(batch);
    }
    await expect(writeThings(one())).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: 'Expected batches with a column `id` of type int64, got decimal(5,0).',
    });
  });

  it('refuses nulls in a column that is not declared nullable', async () => {
    const table = defineTable({
      name: 'things',
      description: 'x',
      primaryKey: [],
      columns: [column('big', int64(), 'x')],
    });
    await expect(writeThings(thingsBatches(5, 5), { table })).rejects.toMatchObject({
      code: 'INVALID_PLUGIN',
      message: 'Column `big` holds nulls and is not declared nullable.',
    });
  });

  it.each([new Float32(), new List(new Field('element', int64()))])(
    'refuses a column of type %s',
    async (type) => {
      const table = defineTable({
        name: 'things',
        description: 'x',
        primaryKey: [],
        columns: [column('odd', type, 'x')],
      });
      await expect(writeThings(thingsBatches(5, 5), { table })).rejects.toMatchObject({
        code: 'INVALID_PLUGIN',
        message: expect.stringMatching(
          /^Column `odd` is .*, which a data file cannot hold\. Use the column types of @datagen\/core: int32/,
        ),
      });
    },
  );

  it('refuses a compression that the encoder does not have', async () => {
    await expect(
      writeThings(thingsBatches(5, 5), { encoder: 'javascript', compression: 'zstd' }),
    ).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message:
        'The encoder "javascript" cannot compress with zstd. Use one of snappy, gzip, none, or the encoder "wasm".',
    });
  });

  it.each([0, 1.5, Number.NaN])('refuses row groups of %d rows', async (rowGroupRows) => {
    await expect(writeThings(thingsBatches(5, 5), { rowGroupRows })).rejects.toThrow(
      new DatagenError(
        'INVALID_OPTION',
        `Expected \`rowGroupRows\` to be a whole number from 1 on, got ${String(rowGroupRows)}.`,
      ),
    );
  });
});

describe.each(TESTED_ENCODERS)('the %s encoder', (name) => {
  it('stops taking rows when the file is given up', async () => {
    let taken = 0;
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) {
          taken++;
          const { numRows, data } = idsBatch(BATCH_ROWS);
          yield await Promise.resolve({ rowCount: numRows, columns: data.children });
        }
      } finally {
        isClosed = true;
      }
    }
    const settings = {
      compression: 'none',
      rowGroupRows: BATCH_ROWS,
      withoutDictionary: ['id'],
      deltas: [],
      classic: false,
      keyValue: { key: 'a', value: 'b' },
    } as const;
    const encoder = await loadEncoder(name);
    for await (const piece of encoder.encode(idsBatch(0).schema, endless(), settings)) {
      if (piece.byteLength > 100) break;
    }
    expect(isClosed).toBe(true);
    expect(taken).toBeLessThan(5);
  });
});

const BATCH_ROWS = 10_000;
