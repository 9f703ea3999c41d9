import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { connectWith } from '../readers/duckdb-extensions.ts';
import { python } from '../readers/pyarrow.ts';
import { root } from './packed.ts';

const PAGE = 'four-formats.md';
const command = path.join(root, 'packages/cli/bin/datagen.js');

/** The code blocks of a page in a language, in their order. */
function blocksOf(page: string, language: string): readonly string[] {
  const text = readFileSync(path.join(root, 'examples', page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  );
}

/** The rows of the one table that a page has. */
function tableOf(page: string): readonly (readonly string[])[] {
  const lines = readFileSync(path.join(root, 'examples', page), 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const examples = path.join(root, 'examples');
const configs = readdirSync(examples).filter((name) => name.endsWith('.yaml'));

interface TableCount {
  readonly table: string;
  readonly rowCount: number;
  readonly presentRowCount: number;
}

/** The tables that the report of a run names. */
function generate(folder: string, ...words: string[]): readonly TableCount[] {
  const text = execFileSync(process.execPath, [command, 'generate', ...words, '--json'], { cwd: folder });
  return (JSON.parse(text.toString()) as { tables: TableCount[] }).tables;
}

describe('the configurations of examples/', () => {
  it.each(configs)(
    '%s: is written, by the command it names, and again without a row',
    async (name) => {
      const text = readFileSync(path.join(examples, name), 'utf8');
      expect(text).toContain(`datagen generate --config ${name}`);
      const folder = await createPlace();
      // The shop has no last day, and the test would take longer every day.
      const end = text.includes('endDate') && !text.includes('`endDate`') ? [] : ['--end-date', '2026-01-31'];
      const words = ['--config', path.join(examples, name), ...end];
      const tables = generate(folder, ...words);
      expect(tables.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBeGreaterThan(1_000);
      const again = generate(folder, ...words).map(({ table, rowCount }) => [table, rowCount]);
      expect(again).toEqual(tables.map(({ table }) => [table, 0]));
    },
    180_000,
  );

  it('shop-every-day.yaml: a later last day adds the new days alone', async () => {
    const folder = await createPlace();
    const config = ['--config', path.join(examples, 'shop-every-day.yaml')];
    generate(folder, ...config, '--end-date', '2026-01-10');
    const tables = generate(folder, ...config, '--end-date', '2026-01-11');
    const orders = tables.find(({ table }) => table === 'orders');
    expect(orders?.rowCount).toBeGreaterThan(0);
    expect(orders?.presentRowCount).toBeGreaterThan(5 * (orders?.rowCount ?? 0));
    expect(tables.find(({ table }) => table === 'customers')?.rowCount).toBe(0);
  }, 60_000);
});

describe('the pages of examples/', () => {
  it('are all tested here', () => {
    expect(readdirSync(examples).filter((name) => !configs.includes(name))).toEqual([PAGE]);
  });

  (python === '' ? it.skip : it)(
    `${PAGE}: each command writes what its query answers`,
    async () => {
      const folder = await createPlace();
      const [commands, queries] = [blocksOf(PAGE, 'sh'), blocksOf(PAGE, 'sql')];
      expect([commands.length, queries.length]).toEqual([4, 4]);
      const connection = await connectWith(['delta', 'avro', 'httpfs', 'iceberg', 'ducklake']);
      for (const [i, line] of commands.entries()) {
        const [program, ...words] = line.trim().split(' ');
        expect(program).toBe('datagen');
        execFileSync(process.execPath, [command, ...words], { cwd: folder, stdio: 'pipe' });
        // Extensions are loaded, without a network; DuckDB's folder is that of the process.
        const query = (queries[i] as string)
          .replace(/^(INSTALL|LOAD) \w+; LOAD \w+;\n/gm, '')
          .replaceAll("'./", `'${folder}/`)
          .replaceAll(':./', `:${folder}/`);
        const results = await connection.runAndReadAll(query.trim());
        const rows = results.getRows().map((row) => row.map(String));
        expect([line, rows]).toEqual([line, tableOf(PAGE)]);
      }
    },
    180_000,
  );
});
