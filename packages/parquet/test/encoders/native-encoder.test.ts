import { BatchBuilder, category, int64, textDictionary } from '@datagen/core/generator';
import { DatagenError } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { Field, type RecordBatch, Schema, Table, tableToIPC, Utf8 } from 'apache-arrow';
import { resolveEncoder } from '../../src/index.ts';
import { buffersOf } from '../../src/encoders/native/column-buffers.ts';
import {
  loadNativeBinding,
  type NativeBinding,
  type NativeColumn,
  type NativeFileEncoder,
  type NativeSettings,
} from '../../src/encoders/native/native-binding.ts';
import { finishedPieces, nativeEncoder, slowerThanNative } from '../../src/encoders/native/native-encoder.ts';
import { thingsBatches, writeThings } from '../all-types.ts';
import { hasNative } from '../tested-encoders.ts';

const schema = new Schema([new Field('id', int64(), false), new Field('kind', new Utf8(), false)]);
const settings: NativeSettings = {
  compression: 'snappy',
  rowGroupRows: 1_000,
  withoutDictionary: [],
  deltas: ['id'],
  classic: false,
  sortedBy: [],
  key: 'k',
  value: 'v',
};

function batchOf(rowCount: number, kindType = category()): RecordBatch {
  const builder = new BatchBuilder(
    new Schema([new Field('id', int64(), false), new Field('kind', kindType, false)]),
    rowCount,
  );
  const id = builder.int64('id');
  for (let i = 0; i < rowCount; i++) id.set(i, i);
  builder.dictionary('kind', textDictionary(['a', 'b'])).indexes.forEach((_, i, all) => (all[i] = i % 2));
  return builder.finish();
}

const columnsOf = (batch: RecordBatch) => batch.data.children.map(buffersOf);

/** The columns `id` and `kind` with another first position in the dictionary. */
function withFirstIndex([id, kind]: NativeColumn[], index: number): NativeColumn[] {
  const values = (kind as NativeColumn).values.slice();
  new DataView(values.buffer).setInt32(0, index, true);
  return [id as NativeColumn, { ...(kind as NativeColumn), values }];
}

/** The same with ten empty texts in the place of a dictionary. */
function plainKinds([id]: NativeColumn[]): NativeColumn[] {
  return [id as NativeColumn, { offsets: new Uint8Array(11 * 4), values: new Uint8Array(0) }];
}

/** Each piece before the next one takes its place. */
function* copies(pieces: Iterable<Uint8Array>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** A copy of what is finished of a file. */
function finishedBytes(file: NativeFileEncoder): Buffer {
  return Buffer.concat([...copies(finishedPieces(file))]);
}

const codeOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return `${String((error as NodeJS.ErrnoException).code)}: ${(error as Error).message}`;
  }
  return 'no error';
};

if (hasNative) {
  const { FileEncoder, panicForTest } = loadNativeBinding() as NativeBinding;
  const open = (more: Partial<NativeSettings> = {}) =>
    new FileEncoder(tableToIPC(new Table(schema)), { ...settings, ...more });

  describe('the native encoder', () => {
    it('is what `auto` means where it is there', () => {
      expect(resolveEncoder('auto')).toBe('native');
      expect(resolveEncoder('wasm')).toBe('wasm');
    });

    it('gives row groups as soon as they are full, and ends with a footer', () => {
      const file = open({ rowGroupRows: 40_000, deltas: [] });
      const lengths = [30_000, 30_000, 30_000].map((rows) => {
        file.write(rows, columnsOf(batchOf(rows)));
        return finishedBytes(file).byteLength;
      });
      expect(lengths[0]).toBe(0);
      expect(lengths[1]).toBeGreaterThan(0);
      expect(lengths[2]).toBeGreaterThan(0);
      file.finish();
      expect(finishedBytes(file).subarray(-4).toString()).toBe('PAR1');
    });

    it('gives bytes that nobody has read together with later ones, in pieces of any length', () => {
      const [eager, late] = [open({ rowGroupRows: 500 }), open({ rowGroupRows: 500 })];
      const whole: Uint8Array[] = [];
      for (let batch = 0; batch < 3; batch++) {
        eager.write(700, columnsOf(batchOf(700)));
        whole.push(finishedBytes(eager));
        late.write(700, columnsOf(batchOf(700)));
      }
      eager.finish();
      late.finish();
      const pieces = [...copies(finishedPieces(late, new Uint8Array(100)))];
      expect(pieces.slice(0, -1).every(({ byteLength }) => byteLength === 100)).toBe(true);
      whole.push(finishedBytes(eager));
      expect(Buffer.concat(whole).equals(Buffer.concat(pieces))).toBe(true);
    });

    // V8 makes slower code of all typed arrays of a thread once one of them has been detached.
    it('leaves all arrays attached', async () => {
      const chunks = (async function* () {
        await Promise.resolve();
        for (let chunk = 0; chunk < 3; chunk++) yield { rowCount: 700, columns: batchOf(700).data.children };
      })();
      const buffers = new Set<ArrayBufferLike>();
      const { key, value, withoutDictionary, deltas } = settings;
      const pieces = nativeEncoder().encode(schema, chunks, {
        withoutDictionary,
        deltas,
        classic: false,
        rowGroupRows: 500,
        compression: 'snappy',
        keyValue: { key, value },
      });
      for await (const { buffer } of pieces) buffers.add(buffer);
      expect([...buffers].map(({ byteLength }) => byteLength > 0)).toEqual([true]);
    });

    it('reads memory that is not aligned', () => {
      const shifted = (bytes: Uint8Array) => {
        const copy = new Uint8Array(bytes.byteLength + 1).subarray(1);
        copy.set(bytes);
        return copy;
      };
      const aligned = columnsOf(batchOf(500));
      const unaligned = aligned.map((column) => ({ ...column, values: shifted(column.values) }));
      const [a, b] = [aligned, unaligned].map((columns) => {
        const file = open();
        file.write(500, columns);
        file.finish();
        return finishedBytes(file);
      });
      expect(a?.equals(b as Buffer)).toBe(true);
    });

    it('turns a panic into an error with a code, and goes on', () => {
      expect(codeOf(() => panicForTest())).toBe('PANIC: the encoder panicked: asked for');
      const file = open();
      file.finish();
      expect(finishedBytes(file).byteLength).toBeGreaterThan(0);
    });

    it('gives failures a code', () => {
      expect(codeOf(() => open({ compression: 'lzx' }))).toBe('INVALID_SETTINGS: no codec is named lzx');
      expect(codeOf(() => open({ compression: 'zstd', level: 40 }))).toMatch(/^INVALID_SETTINGS: .*1\.\.=22/);
      expect(codeOf(() => open({ sortedBy: ['id', 'day'] }))).toMatch(/^INVALID_SETTINGS: .*"day"/);
      const columns = columnsOf(batchOf(10));
      expect(codeOf(() => open().write(11, columns))).toMatch(/^INVALID_BATCH: .*buffer/);
      expect(codeOf(() => open().write(10, columns.slice(1)))).toBe(
        'INVALID_BATCH: a batch has not the columns of its file',
      );
      const file = open();
      file.finish();
      expect(codeOf(() => file.finish())).toBe('FINISHED: the file is finished already');
    });

    it.each([
      [
        'a text that its dictionary has not',
        (columns) => withFirstIndex(columns, 2),
        /^INVALID_BATCH: .*out of bounds/,
      ],
      ['texts where the first batch had a dictionary', plainKinds, /^INVALID_BATCH: .*other types/],
      ['fewer rows than are said', () => columnsOf(batchOf(9)), /^INVALID_BATCH: .*buffer/i],
    ] as [string, (columns: NativeColumn[]) => NativeColumn[], RegExp][])(
      'is of no use after a batch that fails in the middle of a file: %s',
      (_, spoiled, failure) => {
        const file = open();
        const columns = columnsOf(batchOf(10));
        file.write(10, columns);
        expect(codeOf(() => file.write(10, spoiled(columns)))).toMatch(failure);
        expect(codeOf(() => file.write(10, columns))).toBe('FINISHED: the file is finished already');
        expect(codeOf(() => file.finish())).toBe('FINISHED: the file is finished already');
        // Other files go on.
        expect(() => {
          open().write(10, columns);
        }).not.toThrow();
      },
    );

    it('heeds the level of a codec, and refuses one that there is not', async () => {
      const size = async (level: number) =>
        (await writeThings(thingsBatches(20_000, 5_000), { encoder: 'native', compression: 'zstd', level }))
          .bytes.byteLength;
      expect(await size(19)).toBeLessThan(await size(1));
      for (const [options, sentence] of [
        [{ compression: 'zstd', level: 23 }, 'Expected a `compressionLevel` from 1 to 22 for zstd, got 23.'],
        [{ compression: 'snappy', level: 3 }, 'Expected zstd or gzip for a `compressionLevel`, got snappy.'],
        [
          { compression: 'zstd', level: 3, encoder: 'wasm' },
          'Expected the encoder "native" for a `compressionLevel`, got "wasm".',
        ],
      ] as const) {
        await expect(writeThings(thingsBatches(1, 1), { encoder: 'native', ...options })).rejects.toThrow(
          new DatagenError('INVALID_OPTION', sentence),
        );
      }
    });
  });
} else {
  describe('the native encoder', () => {
    it.skip('needs cargo to be built', () => undefined);
  });
}

describe('a binary of the native encoder that does not load', () => {
  it('is told of in one sentence that says what to do', () => {
    expect(slowerThanNative({ failure: 'datagen-parquet.node: file too short' })).toMatch(
      /^The encoder "native" does not load, so "wasm" takes its place, several times slower: datagen-parquet\.node: file too short\. Run `npm install @datagen\/parquet-\S+` \(`npm run build:native` in a checkout\), or use the encoder "wasm"\.$/,
    );
    expect(slowerThanNative({})).toBeUndefined();
  });
});
