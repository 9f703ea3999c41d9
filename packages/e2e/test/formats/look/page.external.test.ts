import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PartitionSpec, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import puppeteer, { type Browser } from 'puppeteer-core';
import { createPlace } from '../../place.ts';
import { GENERATORS } from '../generators.ts';
import { runLook } from './looked.ts';

/** The browser that `npm test` prepared; empty where there is none. */
const chromium = process.env['DATAGEN_CHROMIUM'] ?? '';
const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-11' });

(chromium === '' ? describe.skip : describe)('the page of look', () => {
  let browser: Browser;
  beforeAll(async () => {
    // Root has no sandbox to be in.
    browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser.close());

  it.each(GENERATORS.map((generator) => [generator.name, generator] as const))(
    'shows all tables of %s with their plots, and asks nobody for anything',
    async (_, generator) => {
      const place = await createPlace();
      const { tables } = await writeDataset(generator, delta(place), { partitionSpec, maxWorkers: 1 });
      const file = path.join(place, 'page.html');
      expect(runLook([place, '--html', file])).toMatch(/^Wrote a page on \d tables? to .*page\.html \(/);
      const { requests, problems, shown } = await open(browser, file);
      expect(problems).toEqual([]);
      expect(requests).toEqual([pathToFileURL(file).href]);
      expect(shown.tables).toEqual(tables.map(({ table }) => table).sort());
      expect(shown.cards).toBe(generator.tables.reduce((sum, { schema }) => sum + schema.fields.length, 0));
      expect(shown.plots.length).toBeGreaterThan(shown.cards / 4);
      for (const plot of shown.plots) {
        expect(plot.width).toBeGreaterThan(200);
        expect(plot.height).toBeGreaterThan(20);
        expect(plot.bars).toBeGreaterThan(0);
      }
      expect(shown.isWiderThanScreen).toBe(false);
      expect(await readFile(file, 'utf8')).not.toContain('<script');
    },
    120_000,
  );

  it.each(['light', 'dark'])(
    'can be read in the %s scheme',
    async (scheme) => {
      const place = await createPlace();
      const generator = GENERATORS.at(-1) as (typeof GENERATORS)[number];
      await writeDataset(generator, delta(place), { partitionSpec, maxWorkers: 1 });
      const file = path.join(place, 'page.html');
      runLook([place, '--html', file]);
      const { shown } = await open(browser, file, scheme);
      const [text, page] = [shown.text, shown.background].map(brightness) as [number, number];
      expect(scheme === 'dark' ? text - page : page - text).toBeGreaterThan(150);
    },
    120_000,
  );
});

/** Opens a page on a telephone's screen, and says what a reader sees and what it asked for. */
async function open(browser: Browser, file: string, scheme = 'light') {
  const page = await browser.newPage();
  const requests: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    // The icon is in the page itself.
    if (!request.url().startsWith('data:')) requests.push(request.url());
  });
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.setViewport({ width: 420, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(pathToFileURL(file).href);
  // Runs in the browser, whose types are not those of Node.js.
  const shown = (await page.evaluate(`({
    tables: [...document.querySelectorAll('h2')].map((title) => title.textContent),
    cards: document.querySelectorAll('.column').length,
    plots: [...document.querySelectorAll('svg')].map((svg) => {
      const { width, height } = svg.getBoundingClientRect();
      return { width, height, bars: svg.querySelectorAll('rect').length };
    }),
    isWiderThanScreen: document.documentElement.scrollWidth > innerWidth,
    text: getComputedStyle(document.body).color,
    background: getComputedStyle(document.body).backgroundColor,
  })`)) as Shown;
  await page.close();
  return { requests, problems, shown };
}

interface Shown {
  readonly tables: readonly string[];
  readonly cards: number;
  readonly plots: readonly { readonly width: number; readonly height: number; readonly bars: number }[];
  readonly isWiderThanScreen: boolean;
  readonly text: string;
  readonly background: string;
}

/** The mean of red, green and blue in `rgb(…)`. */
function brightness(colour: string): number {
  const parts = colour.match(/\d+/g)?.map(Number).slice(0, 3) ?? [];
  return parts.reduce((a, b) => a + b, 0) / 3;
}
