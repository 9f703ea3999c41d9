import { testWriter } from '@datagen/testkit';
import { jsonl } from '../src/index.ts';
import path from 'node:path';
import { createPlace, filesBelow } from './place.ts';
import { readRows } from './writer/read-rows.ts';

testWriter({
  name: 'jsonl read by JSON.parse',
  createPlace,
  createWriter: (place) => jsonl(place),
  readRows: async (place, table) =>
    (await filesBelow(path.join(place, table.name))).length > 0 ? readRows(place, table) : undefined,
  partitionings: [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']],
});
