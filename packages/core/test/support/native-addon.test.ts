import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { firstThatLoads, lookUpAddon, platformTriple } from '../../src/support/native-addon.ts';

const require = createRequire(import.meta.url);
let folder: string;
let broken: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'datagen-addon-'));
  broken = path.join(folder, 'broken.node');
  await writeFile(broken, 'This is no shared library.');
});
afterAll(() => rm(folder, { recursive: true }));

describe('an addon', () => {
  it('that does not load is not what is used if another one loads, and else says why', () => {
    expect(firstThatLoads(require, ['./is-not-there.node', broken])).toEqual({
      failure: expect.stringContaining(broken) as unknown,
    });
    expect(firstThatLoads(require, ['./is-not-there.node', '@datagen/is-not-there'])).toEqual({});
    expect(firstThatLoads(require, [broken, 'node:path'])).toEqual({
      binding: expect.objectContaining({ sep: path.sep }) as unknown,
    });
  });

  it('is looked for in the checkout, then in the package of the platform', async () => {
    const name = path.join(folder, 'addon');
    await writeFile(`${name}-${platformTriple()}.js`, 'module.exports = { from: "platform" };');
    expect(lookUpAddon(require, './is-not-there.node', name).binding).toEqual({ from: 'platform' });
    await writeFile(path.join(folder, 'built.js'), 'module.exports = { from: "checkout" };');
    expect(lookUpAddon(require, path.join(folder, 'built.js'), name).binding).toEqual({ from: 'checkout' });
  });
});
