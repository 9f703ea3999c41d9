import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { extensionFile } from '../readers/duckdb-extensions.ts';
import { python } from '../readers/pyarrow.ts';
import { hasSpark } from '../readers/spark-session.ts';
import { type CodeBlock, codeBlocks, comparable, isPrinted } from './code-blocks.ts';
import { PageFolder } from './page-folder.ts';
import { root } from './packed.ts';

/** The Python of recipes with tools of their own (dbt, pytest, pandas) that `npm test` prepared; empty where there is none. */
const recipesPython = process.env['DATAGEN_RECIPES_PYTHON'] ?? '';
const ITS_OWN = ['docs/recipes/ci.md', 'docs/recipes/dataframes.md', 'docs/recipes/dbt.md'];
const SPARK = 'docs/recipes/spark.md';
/**
 * Pages whose blocks other tests run: readme.slow.test.ts with a server of S3, examples.external.test.ts, and
 * formats/trino/recipe.external.test.ts.
 */
const ELSEWHERE = ['packages/s3/README.md', 'examples/four-formats.md', 'docs/recipes/trino.md'];
const EXTENSIONS = ['avro', 'delta', 'ducklake', 'iceberg'];

const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/README.md`);
const docs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((file) => `docs/${file.split(path.sep).join('/')}`)
  .filter((file) => file.endsWith('.md') && !file.startsWith('docs/api/'));
const PAGES = ['README.md', 'CONTRIBUTING.md', ...docs, ...packages]
  .filter((page) => existsSync(path.join(root, page)) && !ELSEWHERE.includes(page))
  .sort();

/** What pack.slow.test.ts does with packed packages: these are not published yet. */
const isInstallation = ({ code }: CodeBlock) =>
  code.split('\n').every((line) => /^(npm install .*)?$/.test(line));
/** The examples of READMEs in TypeScript run in readme.slow.test.ts; here those run that other blocks build on. */
const isExample = ({ page, language }: CodeBlock) => page.endsWith('README.md') && language === 'ts';

const blocksOf = (page: string) =>
  codeBlocks(page).filter((block) => block.notRun === undefined && !isInstallation(block));
const TO_RUN = PAGES.filter((page) => blocksOf(page).some((block) => !isExample(block)));

function interpreterOf(page: string): string {
  if (page === SPARK) return hasSpark ? (process.env['DATAGEN_SPARK_PYTHON'] ?? '') : '';
  return ITS_OWN.includes(page) ? recipesPython : python;
}

/** Where the blocks of a page run. */
async function folderOf(page: string): Promise<PageFolder> {
  if (page === SPARK) return sparkFolder();
  const folder = await PageFolder.create(interpreterOf(page));
  for (const name of EXTENSIONS) folder.addExtension(extensionFile(name));
  return folder;
}

/** Spark takes its jars from a folder, and nothing of it is reached from outside. */
async function sparkFolder(): Promise<PageFolder> {
  const configuration = await createPlace();
  const settings = {
    'spark.jars': process.env['DATAGEN_SPARK_JARS'] ?? '',
    'spark.master': 'local[2]',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.host': '127.0.0.1',
    'spark.ui.enabled': 'false',
    // The default is for clusters: a small table would take 200 tasks.
    'spark.sql.shuffle.partitions': '2',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(path.join(configuration, 'spark-defaults.conf'), lines.join(''));
  return PageFolder.create(process.env['DATAGEN_SPARK_PYTHON'] ?? '', { SPARK_CONF_DIR: configuration });
}

describe('the blocks of code of the pages', () => {
  it('are each run, saved as a file that others use, or say why not', () => {
    const languages = ['console', 'js', 'python', 'sh', 'sql', 'ts'];
    const lost = PAGES.flatMap(blocksOf).filter(
      ({ file, language }) => file === undefined && !languages.includes(language),
    );
    expect(lost.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
    expect(TO_RUN).toEqual(expect.arrayContaining(['docs/guide/getting-started.md', ...ITS_OWN, SPARK]));
  });

  for (const page of TO_RUN)
    (interpreterOf(page) === '' ? it.skip : it)(
      `of ${page} run and print what it says`,
      async () => {
        const folder = await folderOf(page);
        for (const block of blocksOf(page)) {
          const outputs = await folder.run(block).catch((cause: unknown) => {
            throw new Error(`${page}:${block.line} ${String(cause)}`, { cause });
          });
          for (const { shown, printed } of outputs) {
            if (isPrinted(shown, printed)) continue;
            if (process.env['UPDATE_PAGES'] === undefined)
              expect(`${page}:${block.line}\n${comparable(printed)}`).toBe(
                `${page}:${block.line}\n${comparable(shown)}`,
              );
            update(page, shown, printed);
          }
        }
      },
      600_000,
    );

  it('what a page shows is compared, but for what a machine measures', () => {
    expect(isPrinted('a  1.5 kB in 2 s (native encoder)\nb', 'a  20 kB in 1.2 s (wasm encoder)\nb\n')).toBe(
      true,
    );
    expect(isPrinted('a 1 row', 'a 2 row')).toBe(false);
    expect(isPrinted('a', 'a\nb')).toBe(false);
  });
});

/** Writes what was printed into a page: `UPDATE_PAGES=1`, where rows have changed. */
function update(page: string, shown: string, printed: string): void {
  const file = path.join(root, page);
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(`\n${shown}`, () => `\n${printed.replaceAll(/ +$/gm, '').trim()}\n`),
  );
}
