/** What suites need of a test runner: Jest, Vitest and node:test all have these two functions. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  /** A runner that takes no time limit here, as node:test, ignores it. */
  readonly it: (name: string, body: () => Promise<void>, timeoutMs?: number) => unknown;
}

/** One thing that a suite looks at; throws where it does not hold. */
export interface Check<Suite> {
  readonly name: string;
  readonly run: (suite: Suite) => void | Promise<void>;
}

/** A loaded machine is slow: the limit is there to end what hangs. */
const TIMEOUT_MS = 120_000;

/** Makes a test of each check. Throws where there is neither a `runner` nor globals of one. */
export function runChecks<Suite>(
  title: string,
  checks: readonly Check<Suite>[],
  suite: Suite,
  runner: Partial<TestRunner> = globalThis as Partial<TestRunner>,
): void {
  const { describe, it } = runner;
  if (describe === undefined || it === undefined) {
    throw new Error(
      'Expected a test runner with the globals `describe` and `it`, got none: ' +
        'import both from the runner and pass them as the last argument, { describe, it }.',
    );
  }
  describe(title, () => {
    for (const { name, run } of checks) {
      const body = async () => {
        await run(suite);
      };
      it(name, body, TIMEOUT_MS);
    }
  });
}
