// Writes a small shop below a folder with the JavaScript encoder, and prints what the process had and loaded.
import { writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { parquet } from '@datagen/parquet';

const [place] = process.argv.slice(2);
const { encoder } = await writeDataset(
  ecommerce({ nCustomers: 50, ordersPerDay: 20 }),
  parquet(place, { encoder: 'javascript' }),
  { startDate: '2026-01-05', endDate: '2026-01-06', maxWorkers: 1 },
);
const addons = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
console.log(JSON.stringify({ encoder, hasWasm: typeof WebAssembly !== 'undefined', addons }));
