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

/** What a check says by itself; a check that breaks down says nothing of the kind. */
const FOUND = ['ERR_ASSERTION', 'INVALID_PLUGIN'];
/** Faults that Node.js says first, by the codes of its errors. */
const SAID_BY_NODE = new Map<string, unknown>([
  ['a module that is not there', 'MODULE_NOT_FOUND'],
  ['options that cannot cross to a thread', DOMException.DATA_CLONE_ERR],
]);

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
  it.each(cases)('is found out: "$name" by $fault', async ({ run, plugin, fault }) => {
    const thrown = await Promise.resolve({ ...suite, plugin })
      .then(run)
      .then(() => undefined)
      .catch((error: unknown) => error as { readonly code?: unknown });
    expect(SAID_BY_NODE.has(fault) ? [SAID_BY_NODE.get(fault)] : FOUND).toContain(thrown?.code);
  });
});
