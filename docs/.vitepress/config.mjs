// The documentation site. Its pages are Markdown files of the repository where they lie: nothing is copied.
import fs from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitepress';
import { literalCode } from './literal-code.mjs';
import { NO_PAGES, pageOf } from './pages.mjs';
import { repositoryLinks } from './repository-links.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** The pages of the API reference, which TypeDoc has made. */
function apiPages() {
  const index = fs.readFileSync(path.join(root, 'docs/api/index.md'), 'utf8');
  return [...index.matchAll(/^- \[(.+)\]\((.+)\.md\)$/gm)].map(([, text, page]) => ({
    text,
    link: `/api/${page}`,
  }));
}

const pages = (folder, entries) =>
  Object.entries(entries).map(([page, text]) => ({ text, link: `/${folder}/${page}` }));

const sidebar = [
  {
    text: 'Guide',
    items: pages('guide', {
      'getting-started': 'Getting started',
      overview: 'Overview',
      'command-line': 'The command line',
    }),
  },
  {
    text: 'Domains',
    items: pages('domains', {
      ecommerce: 'A shop',
      market: 'Stock markets',
      sensors: 'Sensors',
      weather: 'Weather',
      realism: 'How real the rows are',
    }),
  },
  {
    text: 'Formats',
    items: pages('formats', {
      '': 'Formats and their readers',
      parquet: 'Parquet',
      delta: 'Delta Lake',
      iceberg: 'Apache Iceberg',
      ducklake: 'DuckLake',
      text: 'CSV and JSON Lines',
      s3: 'Object stores',
    }),
  },
  {
    text: 'Recipes',
    items: pages('recipes', {
      'four-formats': 'One shop in four formats',
      duckdb: 'DuckDB',
      dataframes: 'pandas and polars',
      dbt: 'dbt',
      spark: 'Spark',
      trino: 'Trino',
      schedule: 'A window that grows',
      ci: 'Fixtures in CI',
    }),
  },
  {
    text: 'Project',
    items: [
      ...pages('project', {
        architecture: 'Architecture',
        decisions: 'Decisions',
        performance: 'Performance',
        testing: 'Testing',
        contributing: 'Contributing',
      }),
      ...pages('packages', {
        core: '@datagen/core',
        testkit: '@datagen/testkit',
        sql: '@datagen/sql',
        look: '@datagen/look',
      }),
    ],
  },
  { text: 'API reference', link: '/api/', collapsed: true, items: apiPages() },
];

export default defineConfig({
  title: 'datagen',
  description: 'Realistic synthetic datasets for lakehouses, written straight from Node.js',
  srcDir: '..',
  srcExclude: NO_PAGES,
  rewrites: pageOf,
  outDir: '../out/site',
  cacheDir: '../node_modules/.cache/vitepress',
  cleanUrls: true,
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  markdown: { config: (md) => md.use(repositoryLinks).use(literalCode) },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/guide/getting-started' },
      { text: 'Domains', link: '/domains/ecommerce' },
      { text: 'Formats', link: '/formats/' },
      { text: 'Recipes', link: '/recipes/four-formats' },
      { text: 'API', link: '/api/' },
    ],
    sidebar,
  },
});
