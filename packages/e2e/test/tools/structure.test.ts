import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const tool = fileURLToPath(new URL('../../../../tools/check/structure.mjs', import.meta.url));

let place: string;
beforeEach(async () => {
  place = await createPlace();
  write('packages/core/src/index.ts', `export type { Run } from './run/run.ts';`);
  write('packages/core/src/support/errors.ts', `export interface Problem { readonly code: string }`);
  write(
    'packages/core/src/plan/plan.ts',
    `import type { Problem } from '../support/errors.ts';
    export type Plan = Problem[];`,
  );
  write(
    'packages/core/src/run/run.ts',
    `import { type Plan } from '../plan/plan.ts';
    export interface Run { readonly plan: Plan }`,
  );
  write(
    'packages/core/test/run.test.ts',
    `import type { Run } from '../src/run/run.ts';
    export type Tested = Run;`,
  );
  write('packages/ecommerce/src/index.ts', `export type { Run } from '../../core/src/index.ts';`);
  write('packages/parquet/src/writer/writer.ts', `export type { Run } from '../../../core/src/index.ts';`);
});

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
  writeFileSync(path.join(place, file), `${text}\n`);
}

/** What the check says of the tree: nothing, or a line for each problem. */
function check(): { status: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [tool, place], { encoding: 'utf8' });
  return { status, lines: stderr.split('\n').filter((line) => line !== '') };
}

describe('the check of the structure', () => {
  it('passes where imports go one way', () => {
    for (let i = 1; i <= 11; i++) write(`packages/core/src/plan/file-${i}.ts`, 'export {};');
    expect(check()).toEqual({ status: 0, lines: [] });
  });

  it('names the files of a circle, of types alone too', () => {
    write('packages/core/src/plan/a.ts', `import type { B } from './b.ts';\nexport type A = B | 1;`);
    write('packages/core/src/plan/b.ts', `import type { A } from './a.ts';\nexport type B = A | 2;`);
    expect(check()).toEqual({
      status: 1,
      lines: [expect.stringMatching(/^A circle of files: .*plan\/a\.ts → .*plan\/b\.ts → .*plan\/a\.ts\.$/)],
    });
  });

  it.each([
    [
      'packages/core/src/support/a.ts',
      '../plan/plan.ts',
      'in core imports go from right to left of support < ',
    ],
    ['packages/core/src/plan/a.ts', '../run/run.ts', 'in core imports go from right to left of support < '],
    ['packages/core/src/plan/a.ts', '../../../ecommerce/src/index.ts', 'core may not depend on ecommerce'],
    [
      'packages/parquet/src/writer/a.ts',
      '../../../ecommerce/src/index.ts',
      'parquet may not depend on ecommerce',
    ],
    [
      'packages/ecommerce/src/a.ts',
      '../../parquet/src/writer/writer.ts',
      'ecommerce may not depend on parquet',
    ],
    ['packages/ecommerce/src/a.ts', '../../core/src/plan/plan.ts', 'of core it may import '],
    ['packages/core/src/run/a.ts', '../../test/run.test.ts', 'what is published needs no test'],
  ])('refuses that %s imports %s', (from, to, reason) => {
    write(from, `import type * as other from '${to}';\nexport type All = keyof typeof other;`);
    const target = path.posix.join(path.posix.dirname(from), to);
    expect(check()).toEqual({
      status: 1,
      lines: [expect.stringContaining(`${from} imports ${target}: ${reason}`)],
    });
  });

  it.each(['packages/core/src/plan/many', 'packages/core/test/many', 'tools'])(
    'names a folder of thirteen entries: %s',
    (folder) => {
      for (let i = 1; i <= 13; i++) write(`${folder}/file-${i}.ts`, 'export {};');
      expect(check()).toEqual({
        status: 1,
        lines: [expect.stringMatching(new RegExp(`^${folder} has 13 entries, and 12 are the most: `))],
      });
    },
  );
});
