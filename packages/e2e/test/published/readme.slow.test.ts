import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const READMES = [
  'README.md',
  'packages/core/README.md',
  'packages/ecommerce/README.md',
  'packages/market/README.md',
  'packages/sensors/README.md',
  'packages/weather/README.md',
  'packages/parquet/README.md',
];

/** The TypeScript examples of a README, and the outputs they state as `console.log(…); // output`. */
function examplesOf(readme: string): { code: string; outputs: string[] }[] {
  const text = readFileSync(path.join(root, readme), 'utf8');
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => ({
    code,
    outputs: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, output = '']) => output),
  }));
}

describe.each(READMES)('the examples of %s', (readme) => {
  const examples = examplesOf(readme).map((example, i) => [i + 1, example] as const);

  it.each(examples)(
    'number %d runs and prints what it says',
    async (number, { code, outputs }) => {
      // Inside the workspace, so that packages are found; the files it writes go to a place of their own.
      const folder = path.join(root, 'packages/e2e/test-results/readme');
      const file = path.join(folder, `${readme.replaceAll(/\W/g, '-')}-${number}.ts`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, code);
      try {
        const tsx = fileURLToPath(import.meta.resolve('tsx'));
        const args = ['--import', tsx, '--conditions=@datagen/source', file];
        const printed = execFileSync(process.execPath, args, { cwd: await createPlace(), encoding: 'utf8' });
        for (const output of outputs) expect(printed).toContain(output);
      } finally {
        rmSync(file);
      }
    },
    60_000,
  );
});
