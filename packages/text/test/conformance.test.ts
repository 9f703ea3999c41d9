import { testWriter } from '@datagen/testkit';
import { jsonl } from '../src/index.ts';
import { createPlace } from './place.ts';
import { readRows } from './writer/read-rows.ts';

testWriter({
  name: 'jsonl read by JSON.parse',
  createPlace,
  createWriter: (place) => jsonl(place),
  readRows,
  partitionings: [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']],
});
