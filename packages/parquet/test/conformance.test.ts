import { testWriter } from '@datagen/testkit';
import { parquet } from '../src/index.ts';
import path from 'node:path';
import { filesBelow, readTableRows } from './hyparquet-reader.ts';
import { createPlace } from './place.ts';
import { TESTED_ENCODERS } from './tested-encoders.ts';

for (const encoder of TESTED_ENCODERS) {
  testWriter({
    name: `parquet (${encoder}) read by hyparquet`,
    createPlace,
    createWriter: (place) => parquet(place, { encoder }),
    readRows: async (place, table) =>
      (await filesBelow(path.join(place, table.name))).length > 0 ? readTableRows(place, table) : undefined,
    partitionings: [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']],
  });
}
