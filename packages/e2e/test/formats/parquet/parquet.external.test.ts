import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TableDefinition } from '@datagen/core';
import { parquet, resolveEncoder } from '@datagen/parquet';
import { testWriter, type WriterSuite } from '@datagen/testkit';
import { describe, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import * as duckdb from '../../readers/duckdb.ts';
import * as pyarrow from '../../readers/pyarrow.ts';

const partitionings = [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']];

function suite(
  name: string,
  encoder: 'native' | 'wasm' | 'javascript',
  read: typeof duckdb.readParquet | typeof pyarrow.readParquet,
): WriterSuite {
  return {
    name,
    createPlace,
    createWriter: (place) => parquet(place, { encoder }),
    readRows: async (place: string, table: TableDefinition) => {
      const folder = path.join(place, table.name);
      return existsSync(folder)
        ? read(
            folder,
            table.schema.fields.map(({ name }) => name),
          )
        : [];
    },
    partitionings,
  };
}

const hasNative = resolveEncoder('auto') === 'native';
if (hasNative) testWriter(suite('parquet (native) read by DuckDB', 'native', duckdb.readParquet));
testWriter(suite('parquet (wasm) read by DuckDB', 'wasm', duckdb.readParquet));
testWriter(suite('parquet (javascript) read by DuckDB', 'javascript', duckdb.readParquet));

if (pyarrow.python === '') {
  describe('parquet read by pyarrow', () => {
    it.skip('needs Python with pyarrow', () => undefined);
  });
} else {
  if (hasNative) testWriter(suite('parquet (native) read by pyarrow', 'native', pyarrow.readParquet));
  testWriter(suite('parquet (wasm) read by pyarrow', 'wasm', pyarrow.readParquet));
}
