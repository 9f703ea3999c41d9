import { describe, expect, it } from '@jest/globals';
import { importOptional } from '../../src/plugin/import-optional.ts';

describe('an optional package', () => {
  it('says what to install where exactly that package is missing', async () => {
    // A name only known at run time, as a bundler or the type checker would resolve it.
    const name = ['@datagen', 'not-installed'].join('/');
    const load = () => import(name) as Promise<unknown>;
    await expect(importOptional(load, name, 'Install it.')).rejects.toMatchObject({
      code: 'MISSING_DEPENDENCY',
      message: 'Install it.',
    });
    await expect(importOptional(load, '@datagen/other', 'Install it.')).rejects.not.toMatchObject({
      code: 'MISSING_DEPENDENCY',
    });
  });
});
