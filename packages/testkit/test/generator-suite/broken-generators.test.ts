import { beforeAll, describe, expect, it } from '@jest/globals';
import { generatorChecks, type GeneratorSuite, testGenerator } from '../../src/index.ts';
import { brokenGenerators } from './broken-generators.ts';
import { goodPlugin } from './row-generator.ts';

const suite: GeneratorSuite = {
  plugin: goodPlugin,
  options: {},
  startDate: '2026-01-30',
  endDate: '2026-02-02',
  digestsUrl: new URL('./row-digests.json', import.meta.url),
};

// What the broken ones are made from keeps the contract.
testGenerator(suite);

describe('a generator that is broken', () => {
  beforeAll(() => {
    // Would write the digests of broken ones.
    delete process.env['UPDATE_DIGESTS'];
  });

  it('is there for every check', () => {
    expect(Object.keys(brokenGenerators)).toEqual(generatorChecks.map(({ name }) => name));
  });

  const cases = generatorChecks.flatMap(({ name, run }) =>
    Object.entries(brokenGenerators[name] ?? {}).map(([fault, plugin]) => ({ name, run, fault, plugin })),
  );
  it.each(cases)('is found out: "$name" by $fault', async ({ run, plugin }) => {
    await expect((async () => run({ ...suite, plugin }))()).rejects.toThrow();
  });
});
