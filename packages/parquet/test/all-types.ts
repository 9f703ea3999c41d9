import {
  BatchBuilder,
  boolean,
  category,
  column,
  date,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { type DatasetIdentity, importRef, MemoryStorage, type PlannedFile } from '@datagen/core/writer';
import { Field, type RecordBatch, Schema } from 'apache-arrow';
import { type DataFileOptions, dataFileWriter, type writeDataFile } from '../src/data-file/index.ts';

/** A column of every type, each with its ends, zero, a sign and nulls. */
export const things = defineTable({
  name: 'things',
  description: 'A row with a column of every type.',
  primaryKey: ['id'],
  columns: [
    column('id', int64(), 'Row number', { distinct: true }),
    column('big', int64(), 'A 64-bit number', { nullable: true }),
    column('small', int32(), 'A 32-bit number', { nullable: true }),
    column('ratio', float64(), 'A double', { nullable: true }),
    column('price', decimal(12, 2), 'Money', { nullable: true }),
    column('wide', decimal(38, 6), 'More digits than 64 bits hold', { nullable: true }),
    column('day', date(), 'A day', { nullable: true }),
    column('ts', instant(), 'An instant', { nullable: true }),
    column('flag', boolean(), 'Yes or no', { nullable: true }),
    column('kind', category(), 'One of a few', { nullable: true }),
    column('note', text(), 'Any text', { nullable: true }),
  ],
});

export interface Thing {
  readonly big: number | null;
  readonly small: number | null;
  readonly ratio: number | null;
  /** Units of the last digit. */
  readonly price: number | null;
  readonly wide: number | null;
  /** Days since 1970. */
  readonly day: number | null;
  /** Microseconds since 1970. */
  readonly ts: number | null;
  readonly flag: boolean | null;
  readonly kind: string | null;
  readonly note: string | null;
}

const LONG = 'long text '.repeat(20);
export const KINDS = ['', 'a', 'größer', LONG];

const NULLS: Thing = {
  big: null,
  small: null,
  ratio: null,
  price: null,
  wide: null,
  day: null,
  ts: null,
  flag: null,
  kind: null,
  note: null,
};

const THINGS: readonly Thing[] = [
  {
    big: Number.MIN_SAFE_INTEGER,
    small: -2147483648,
    ratio: -1.5e300,
    price: -29,
    wide: -1,
    day: -719162,
    ts: -1,
    flag: false,
    kind: '',
    note: '',
  },
  NULLS,
  {
    big: Number.MAX_SAFE_INTEGER,
    small: 2147483647,
    ratio: 5e-324,
    price: 999_999_999_999,
    wide: Number.MAX_SAFE_INTEGER,
    day: 2932896,
    ts: 7_258_118_400_000_001,
    flag: true,
    kind: 'größer',
    note: '😀 line\nbreak',
  },
  { big: 0, small: 0, ratio: 0.1, price: 29, wide: 0, day: 0, ts: 0, flag: true, kind: LONG, note: LONG },
  { ...NULLS, small: 7, flag: false, kind: 'a' },
];

/** Row `i` of an endless repetition of `THINGS`. */
export function thingAt(i: number): Thing {
  return THINGS[i % THINGS.length] as Thing;
}

/** Rows `start` to `start + length - 1` as one batch. */
export function thingsBatch(start: number, length: number, kinds = textDictionary(KINDS)): RecordBatch {
  const names = [...kinds] as string[];
  const builder = new BatchBuilder(things.schema, length);
  const id = builder.int64('id');
  const int64s = { big: builder.int64('big'), ts: builder.int64('ts') };
  const decimals = { price: builder.decimal('price'), wide: builder.decimal('wide') };
  const numbers = {
    small: builder.int32('small'),
    ratio: builder.float64('ratio'),
    day: builder.date('day'),
  };
  const flag = builder.boolean('flag');
  const kind = builder.dictionary('kind', kinds);
  const note = builder.utf8('note');
  for (let i = 0; i < length; i++) {
    const thing = thingAt(start + i);
    id.set(i, start + i);
    for (const [name, target] of Object.entries({ ...int64s, ...decimals })) {
      const value = thing[name as keyof typeof int64s];
      if (value === null) target.setNull(i);
      else target.set(i, value);
    }
    for (const [name, target] of Object.entries(numbers)) {
      const value = thing[name as keyof typeof numbers];
      if (value === null) target.setNull(i);
      else target.values[i] = value;
    }
    if (thing.flag === null) flag.setNull(i);
    else if (thing.flag) flag.setTrue(i);
    if (thing.kind === null) kind.setNull(i);
    else kind.indexes[i] = names.indexOf(thing.kind);
    if (thing.note === null) {
      note.endNull();
    } else {
      note.appendText(thing.note);
      note.endRow();
    }
  }
  return builder.finish();
}

/** Rows of one column of whole numbers. */
export function idsBatch(rowCount: number): RecordBatch {
  const schema = new Schema([new Field('id', int64(), false)]);
  const builder = new BatchBuilder(schema, rowCount);
  builder.int64('id');
  return builder.finish();
}

/** Rows 0 to `length - 1` in batches of `batchRows`. */
export async function* thingsBatches(length: number, batchRows: number): AsyncGenerator<RecordBatch> {
  for (let start = 0; start < length; start += batchRows) {
    yield await Promise.resolve(thingsBatch(start, Math.min(batchRows, length - start)));
  }
}

export const dataset: DatasetIdentity = {
  generator: 'things',
  version: 1,
  options: { seed: 42 },
  digest: '0123456789ab',
};

/** The plan of one file of one block; encoding does not look at its row count. */
function thingsFile(): PlannedFile {
  const key = 'r000000000000';
  return {
    table: 'things',
    partition: [],
    firstBlock: key,
    lastBlock: key,
    blockCount: 1,
    rowCount: 0,
    exact: true,
  };
}

let storageCount = 0;

/** Writes batches as one data file, by default with the wasm encoder into a memory of its own. */
export async function writeThings(
  batches: AsyncIterable<RecordBatch>,
  { partition = [], ...options }: Partial<DataFileOptions> & Partial<Pick<PlannedFile, 'partition'>> = {},
) {
  const storage = options.storage ?? new MemoryStorage(`memory:things-${storageCount++}`);
  const { fileWriter: ref } = await dataFileWriter({
    table: things,
    storage,
    folder: 'things',
    dataset,
    compression: 'snappy',
    encoder: 'wasm',
    rowGroupRows: 262_144,
    ...options,
  });
  const write = await importRef<typeof writeDataFile>(ref);
  const file = await write(structuredClone(ref.options), { ...thingsFile(), partition }, batches);
  return { file, storage, bytes: await storage.read(file.path) };
}
