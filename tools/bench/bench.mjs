// `npm run bench`: what the README says about speed and memory, measured again. `-- --json FILE` keeps the figures.
import fs from 'node:fs';
import os from 'node:os';
import { ensureBuilt, ensureInstalled } from '../ensure.mjs';

ensureInstalled();
ensureBuilt();
const { measureCommand } = await import('./command.mjs');
const { measureGeneration } = await import('./generation.mjs');
const { ecommerce } = await import('@datagen/ecommerce');

const JANUARY = ['--start-date', '2026-01-01', '--end-date', '2026-01-30'];
const commands = {
  '10,000 rows': [
    'ecommerce',
    '--n-customers',
    '1000',
    '--n-products',
    '500',
    '--orders-per-day',
    '90',
    ...JANUARY,
  ],
  '1M rows of orders and items': [
    'ecommerce',
    '--orders-per-day',
    '9000',
    '--tables',
    'orders,order_items',
    ...JANUARY,
  ],
  '5M rows of orders and items': [
    'ecommerce',
    '--orders-per-day',
    '45000',
    '--tables',
    'orders,order_items',
    ...JANUARY,
  ],
  '1M customers': ['ecommerce', '--n-customers', '1000000', '--tables', 'customers', ...JANUARY],
};
const generations = {
  'ecommerce: orders, order_items': () =>
    measureGeneration(
      ecommerce({ ordersPerDay: 9_000 }),
      ['orders', 'order_items'],
      '2026-01-01',
      '2026-01-30',
    ),
  'ecommerce: customers': () =>
    measureGeneration(ecommerce({ nCustomers: 500_000 }), ['customers'], '2026-01-01', '2026-01-01'),
};

const number = (value, digits = 0) => value.toLocaleString('en-US', { maximumFractionDigits: digits });
const markdown = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, Node.js ${process.versions.node}, ${os.type()}`;
console.log(`${machine}\n`);
const results = { machine, commands: {}, generation: {} };

const commandRows = Object.entries(commands).map(([name, args]) => {
  const run = (results.commands[name] = measureCommand(args, 3));
  const rate = run.rows / (run.wallMs / 1000);
  return [
    name,
    number(run.rows),
    `${number(run.wallMs / 1000, 2)} s`,
    number(rate),
    `${number(run.peakBytes / 2 ** 20)} MiB`,
  ];
});
console.log(markdown(['`datagen generate`', 'rows', 'time', 'rows/s', 'peak memory'], commandRows));

const generationRows = Object.entries(generations).map(([name, measure]) => {
  const { rows, nsPerRow } = (results.generation[name] = measure());
  return [name, number(rows), number(nsPerRow), number(1e9 / nsPerRow)];
});
console.log(`\n${markdown(['generation alone, one thread', 'rows', 'ns a row', 'rows/s'], generationRows)}`);

const jsonAt = process.argv.indexOf('--json');
if (jsonAt > 0) fs.writeFileSync(process.argv[jsonAt + 1], `${JSON.stringify(results, undefined, 2)}\n`);
