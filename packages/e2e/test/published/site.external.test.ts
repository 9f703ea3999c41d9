import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { root } from './packed.ts';

/** The browser that `npm test` prepared; empty where there is none. */
const binary = process.env['DATAGEN_CHROMIUM'] ?? '';

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Builds the site as a contributor would and shows it; gives its address once it answers. */
async function serve(): Promise<{ site: ChildProcess; address: string }> {
  const port = await freePort();
  const site = spawn(process.execPath, ['tools/docs/site.mjs', '--serve', '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  site.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  for await (const line of readline.createInterface({ input: site.stdout })) {
    printed.push(`${line}\n`);
    if (line.includes(`localhost:${port}`)) return { site, address: `http://localhost:${port}` };
  }
  throw new Error(`The site was not built:\n${printed.join('')}`);
}

/** Opens a page and gives what a reader would miss or not expect. */
async function faultsOf(page: Page, url: string): Promise<string[]> {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${String(error)}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(url).host) faults.push(`request: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url, { waitUntil: 'networkidle0' });
  // Run in the page, whose types the tests of Node.js do not have.
  const seen = (await page.evaluate(`({
    pictures: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src),
    width: document.documentElement.scrollWidth,
    missing: document.querySelector('.NotFound') !== null,
  })`)) as { pictures: string[]; width: number; missing: boolean };
  const width = page.viewport()?.width ?? 0;
  if (seen.width > width) faults.push(`it is ${seen.width} pixels wide on a screen of ${width}`);
  if (seen.missing) faults.push('page not found');
  return [...faults, ...seen.pictures.map((source) => `picture not loaded: ${source}`)];
}

(binary === '' ? describe.skip : describe)('the documentation site', () => {
  let site: ChildProcess;
  let address: string;
  let browser: Browser;
  const pages = () =>
    readdirSync(path.join(root, 'out/site'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html') && file !== '404.html')
      .map(
        (file) =>
          `/${file
            .split(path.sep)
            .join('/')
            .replace(/(index)?\.html$/, '')}`,
      )
      .sort();

  beforeAll(async () => {
    ({ site, address } = await serve());
    browser = await launch({ executablePath: binary, args: ['--no-sandbox'] });
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    site.kill();
  });

  it.each([
    ['a desktop', 1280, 'light'],
    ['a phone', 390, 'dark'],
  ] as const)(
    'every page is whole on %s, and asks no other host',
    async (_, width, colours) => {
      const faults: Record<string, string[]> = {};
      const names = pages();
      // A page is waited for until nothing more is loaded: several of them at once wait no longer.
      const visit = async (): Promise<void> => {
        for (let name = names.shift(); name !== undefined; name = names.shift()) {
          const page = await browser.newPage();
          await page.setViewport({ width, height: 900 });
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
          const found = await faultsOf(page, `${address}${name}`);
          if (found.length > 0) faults[name] = found;
          await page.close();
        }
      };
      await Promise.all([1, 2, 3, 4].map(visit));
      expect(faults).toEqual({});
    },
    180_000,
  );

  it('has every page in its menu', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/guide/getting-started`, { waitUntil: 'networkidle0' });
    const links = (await page.evaluate(
      `[...document.querySelectorAll('.VPSidebar a')].map((link) => link.getAttribute('href'))`,
    )) as string[];
    expect(links.sort()).toEqual(pages().filter((name) => name !== '/'));
  }, 60_000);

  it('shows code as it stands', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/recipes/schedule`, { waitUntil: 'networkidle0' });
    expect(await page.evaluate('document.body.textContent')).toContain('bin/nightly.sh {{ ds }}');
    await page.goto(`${address}/recipes/dbt`, { waitUntil: 'networkidle0' });
    expect(await page.evaluate('document.body.textContent')).toContain("{{ source('lake', 'orders') }}");
  }, 60_000);

  it('finds words without a server', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}/guide/getting-started`, { waitUntil: 'networkidle0' });
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    await page.locator('#localsearch-input').fill('coverage in days');
    await page.waitForSelector('.VPLocalSearchBox .result', { timeout: 20_000 });
    expect((await page.$$('.VPLocalSearchBox .result')).length).toBeGreaterThan(1);
  }, 60_000);
});
