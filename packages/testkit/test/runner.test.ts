import { describe, expect, it } from '@jest/globals';
import { type Check, type TestRunner } from '../src/index.ts';
import { runChecks } from '../src/runner.ts';

const checks: readonly Check<number>[] = [
  {
    name: 'is one',
    run: (suite) => {
      if (suite !== 1) throw new RangeError(`got ${String(suite)}`);
    },
  },
  { name: 'is any', run: () => Promise.resolve() },
];

describe('runChecks', () => {
  it('makes a test of each check, which fails where the check throws', async () => {
    const tests = new Map<string, () => Promise<void>>();
    let title = '';
    const runner: TestRunner = {
      describe: (name, body) => {
        title = name;
        body();
      },
      it: (name, body) => tests.set(name, body),
    };
    runChecks('a number', checks, 2, runner);
    expect([title, ...tests.keys()]).toEqual(['a number', 'is one', 'is any']);
    await expect(tests.get('is one')?.()).rejects.toThrow('got 2');
    await expect(tests.get('is any')?.()).resolves.toBeUndefined();
  });

  it('says what to pass where there are no globals of a runner', () => {
    expect(() => runChecks('a number', checks, 1, {})).toThrow(
      'Expected a test runner with the globals `describe` and `it`, got none: ' +
        'import both from the runner and pass them as the last argument, { describe, it }.',
    );
  });
});

runChecks('the globals of the runner', checks, 1);
