import { type DatasetGenerator, PartitionSpec, writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { marketOhlcv } from '@datagen/market';
import { parquet, resolveEncoder } from '@datagen/parquet';
import { sensors } from '@datagen/sensors';
import { weather } from '@datagen/weather';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { python, sortedFiles } from '../../readers/pyarrow.ts';

const layout = { fileRowsTarget: 2_000 };
/** With splits, so that `corporate_actions` has rows. */
const bars = { ...layout, nSymbols: 5, volatility: 2, priceAnchorDate: '2020-01-02' };

const DATASETS: [name: string, generator: DatasetGenerator, partitionBy: string[]][] = [
  ['a shop', ecommerce({ ...layout, nCustomers: 3_000, ordersPerDay: 300 }), []],
  ['a shop by month', ecommerce({ ...layout, nCustomers: 100, ordersPerDay: 300 }), ['month']],
  ['bars of a minute', marketOhlcv(bars), []],
  ['bars of a minute by symbol', marketOhlcv(bars), ['symbol']],
  ['bars of an hour', marketOhlcv({ ...bars, frequency: '1h' }), []],
  ['sensors', sensors({ ...layout, nDevices: 30, samplingSeconds: 600 }), []],
  ['sensors by site', sensors({ ...layout, nDevices: 30, samplingSeconds: 600 }), ['site_id']],
  ['weather', weather(layout), []],
];

const describeSorted = python === '' || resolveEncoder('auto') !== 'native' ? describe.skip : describe;
describeSorted('files of the native encoder, by pyarrow', () => {
  it.each(DATASETS)(
    'say the leading column of the order that their rows are in: %s',
    async (_, generator, partitionBy) => {
      const place = await createPlace();
      const partitionSpec = new PartitionSpec({
        startDate: '2024-09-27',
        endDate: '2024-10-02',
        partitionBy,
      });
      const { tables } = await writeDataset(
        generator,
        parquet(place, { encoder: 'native', rowGroupRows: 1_024 }),
        {
          partitionSpec,
          maxWorkers: 1,
        },
      );
      const files = sortedFiles(place);
      const withRows = tables.filter(({ rowCount }) => rowCount > 0);
      expect(files).toHaveLength(withRows.reduce((sum, { fileCount }) => sum + fileCount, 0));
      for (const file of files) {
        const { sortedBy = [] } = generator.tables.find(({ name }) => file.path.startsWith(`${name}/`)) ?? {};
        expect(file).toEqual({
          path: file.path,
          // A column that is in the path is not in the file.
          sortedBy: sortedBy.filter((name) => !file.path.includes(`/${name}=`)).slice(0, 1),
          isInOrder: true,
        });
      }
    },
  );
});
