import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usesOtherCode } from '../../src/process/other-code.ts';

let folder: string;
const save = async (name: string, text: string) => {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'datagen-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the code of others', () => {
  it('is looked for in flags, and in a file of options', async () => {
    const plain = await save('plain.yaml', 'generator: weather\n');
    const named = await save('named.yaml', 'generator: mine\nplugins: [./mine.mjs]\n');
    expect(usesOtherCode(['generate', 'weather', 'out'])).toBe(false);
    expect(usesOtherCode(['generate', 'mine', 'out', '--plugin', './mine.mjs'])).toBe(true);
    expect(usesOtherCode(['generate', '--config', plain])).toBe(false);
    expect(usesOtherCode(['generate', `--config=${named}`])).toBe(true);
    expect(usesOtherCode(['generate', '--config', plain, '--config', named])).toBe(true);
  });

  it('may be named by what can be read only once, and by what is too long to search', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(usesOtherCode(['generate', '--config', pipe])).toBe(true);
    expect(usesOtherCode(['generate', '--config', '-'])).toBe(true);
    expect(usesOtherCode(['generate', '--config', await save('long.yaml', '#'.repeat(2 ** 20 + 1))])).toBe(
      true,
    );
  });

  it('is not in a file that cannot be read, of which the command speaks itself', () => {
    expect(usesOtherCode(['generate', '--config', path.join(folder, 'none.yaml')])).toBe(false);
  });
});
