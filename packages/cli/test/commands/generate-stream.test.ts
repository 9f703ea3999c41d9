import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { run } from '../../src/index.ts';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const stream = (...words: string[]) => datagen(['generate', 'ecommerce', '-', ...SMALL, ...words]);

describe('datagen generate to the standard output', () => {
  it('gives the rows of one table as CSV, in the order of the plan, and says the rest on stderr', async () => {
    const { exitCode, stdout, stderr } = await stream('--tables', 'products', '--format', 'csv');
    expect(exitCode).toBe(0);
    const [head, ...lines] = stdout.split('\n').slice(0, -1);
    expect(head).toMatch(/^product_id,/);
    expect(lines.map((line) => Number(line.split(',', 1).join()))).toEqual(lines.map((_, i) => i + 1));
    expect(stderr).toMatch(
      /^Wrote 40 rows of products of \S+ to \S+ as csv: .*\nAgain: {2}datagen generate ecommerce - --format csv /,
    );
  });

  it('gives the bytes of a file, whatever the options of files', async () => {
    const words = ['--tables', 'orders', '--format', 'csv', '--delimiter', 'tab'];
    const { stdout } = await stream(...words, '--file-rows-target', '10');
    const output = path.join(folder, 'files');
    const { stdout: report } = await datagen(['generate', 'ecommerce', output, ...SMALL, ...words, '--json']);
    const { tables } = JSON.parse(report) as { tables: { fileCount: number }[] };
    expect(tables[0]?.fileCount).toBe(1);
    const { readdirSync } = await import('node:fs');
    const [name = ''] = readdirSync(path.join(output, 'orders'));
    expect(stdout).toBe(readFileSync(path.join(output, 'orders', name), 'utf8'));
  });

  it('gives the same rows as an Arrow stream, with one dictionary for each column', async () => {
    const { stdout: text } = await stream('--tables', 'orders', '--format', 'jsonl');
    const rows = text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const chunks: Buffer[] = [];
    const binary = new Writable({
      write: (chunk: Buffer, _, done) => {
        chunks.push(chunk);
        done();
      },
    });
    const silent = new Writable({ write: (_, __, done) => done() });
    const words = ['generate', 'ecommerce', '-', ...SMALL, '--tables', 'orders', '--format', 'arrow'];
    expect(await run(words, { stdin: process.stdin, stdout: binary, stderr: silent, env: {} })).toBe(0);
    const table = tableFromIPC(Buffer.concat(chunks));
    expect(table.numRows).toBe(rows.length);
    expect(table.schema.names).toEqual(Object.keys(rows[0] ?? {}));
    for (const name of ['order_id', 'status', 'item_count'])
      expect([...(table.getChild(name) ?? [])].map(String)).toEqual(rows.map((row) => String(row[name])));
    const dictionaries = new Set(
      table.batches.map((batch) => batch.getChild('status')?.data[0]?.dictionary?.data[0]),
    );
    expect(dictionaries.size).toBe(1);
  });

  it('has its report as one JSON object on stderr', async () => {
    const { stdout, stderr } = await stream('--tables', 'products', '--format', 'jsonl', '--json');
    expect(stdout.split('\n')).toHaveLength(41);
    expect(JSON.parse(stderr)).toMatchObject({
      output: '-',
      format: 'jsonl',
      tables: [{ table: 'products', rowCount: 40, byteSize: Buffer.byteLength(stdout) }],
    });
  });

  it.each([
    [
      ['--format', 'csv'],
      'Expected one table for the standard output, got 5. Choose it with --tables: customers, products, promotions, orders, order_items.',
    ],
    [
      ['--tables', 'orders'],
      'Expected a folder or URI to write tables to, got "-": tables of the format "parquet" are files and cannot go to the standard output. Choose --format csv, jsonl or arrow for it, or write ./- for a folder of that name.',
    ],
    [
      ['--tables', 'orders', '--format', 'csv', '--partition-by', 'month'],
      'Expected no --partition-by for the standard output, which has no folders.',
    ],
    [
      ['--tables', 'orders', '--format', 'arrow', '--compression', 'gzip'],
      'Expected no compression for the format "arrow", got gzip. Compress the stream behind the pipe.',
    ],
  ])('refuses %j', async (words, sentence) => {
    expect(await stream(...words)).toEqual({ exitCode: 2, stdout: '', stderr: `datagen: ${sentence}\n` });
  });

  it('is neither planned, nor are there files of an Arrow stream', async () => {
    expect(await datagen(['plan', 'ecommerce', '-', ...SMALL])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'datagen: Expected a folder or URI to plan tables for, got "-": a stream to the standard output has no files to plan.\n',
    });
    const { exitCode, stderr } = await datagen([
      'generate',
      'ecommerce',
      folder,
      ...SMALL,
      '--format',
      'arrow',
    ]);
    expect([exitCode, stderr]).toEqual([
      2,
      'datagen: Expected - as the output, for the standard output: the format "arrow" is a stream and no files. Choose another format for files.\n',
    ]);
  });
});
