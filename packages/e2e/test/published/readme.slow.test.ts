import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { S3Server, s3Binary } from '../s3/s3-server.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const READMES = [
  'README.md',
  'packages/core/README.md',
  'packages/ecommerce/README.md',
  'packages/market/README.md',
  'packages/sensors/README.md',
  'packages/weather/README.md',
  'packages/parquet/README.md',
  'packages/text/README.md',
  'packages/delta/README.md',
  'packages/iceberg/README.md',
  'packages/ducklake/README.md',
  'packages/s3/README.md',
  'packages/look/README.md',
];

/** The TypeScript examples of a README, and the outputs they state as `console.log(…); // output`. */
function examplesOf(readme: string): { code: string; outputs: string[] }[] {
  const text = readFileSync(path.join(root, readme), 'utf8');
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code = '']) => ({
    code,
    outputs: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, output = '']) => output),
  }));
}

/** Examples that write to a bucket, which the environment says how to reach. */
const ON_S3 = ['packages/s3/README.md'];

describe.each(READMES)('the examples of %s', (readme) => {
  const isOnS3 = ON_S3.includes(readme);
  const examples = examplesOf(readme).map((example, i) => [i + 1, example] as const);

  (isOnS3 && s3Binary === '' ? it.skip : it).each(examples)(
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
        const server = isOnS3 ? await S3Server.start() : undefined;
        const printed = execFileSync(process.execPath, args, {
          cwd: await createPlace(),
          encoding: 'utf8',
          env: { ...process.env, ...server?.environment() },
        });
        for (const output of outputs) expect(printed).toContain(output);
      } finally {
        rmSync(file);
      }
    },
    60_000,
  );
});
