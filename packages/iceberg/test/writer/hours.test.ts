import { type TableDefinition, writeDataset } from '@datagen/core';
import { hourlyGenerator } from '@datagen/testkit';
import { expect, it } from '@jest/globals';
import { iceberg } from '../../src/index.ts';
import { createPlace } from '../place.ts';
import { entriesOf, readRows } from './read-table.ts';
import { days, loaded } from './sample-table.ts';

it('partitions by hours where blocks are hours', async () => {
  const place = await createPlace();
  const generator = hourlyGenerator();
  const partitionSpec = days('2026-01-05', '2026-01-05', ['year', 'month', 'day', 'hour']);
  await writeDataset(generator, iceberg(place), { partitionSpec, maxWorkers: 1 });
  const metadata = await loaded(place);
  expect(metadata['partition-specs'][0]?.fields).toMatchObject([{ name: 'ts_hour', transform: 'hour' }]);
  const hours = (await entriesOf(metadata)).map(({ data_file: file }) => file.partition['f1000']);
  expect(hours).toEqual(Array.from({ length: 24 }, (_, hour) => 20458 * 24 + hour));
  expect(await readRows(place, generator.tables[0] as TableDefinition)).toHaveLength(48);
});
