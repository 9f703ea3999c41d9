import fs from 'node:fs';
import path from 'node:path';

/** Leaves what ran in `test-results/counts.json`, for `npm test` to add up over packages and cached runs. */
export default class CountsReporter {
  onRunComplete(contexts, results) {
    // One context: Nx runs one Jest per package.
    for (const { config } of contexts) {
      const dir = path.join(config.rootDir, 'test-results');
      fs.mkdirSync(dir, { recursive: true });
      const skipped = results.testResults.flatMap(({ testResults }) =>
        testResults
          .filter(({ status }) => status === 'pending' || status === 'todo')
          .map(({ fullName }) => fullName),
      );
      const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
      const failures = results.testResults.flatMap((suite) => failuresOf(suite, config.rootDir));
      fs.writeFileSync(
        path.join(dir, 'counts.json'),
        JSON.stringify({ passed: results.numPassedTests, failed, failures, skipped }),
      );
    }
  }
}

/** What went wrong in a suite, each with the first lines of why: a long log hides them where they happened. */
function failuresOf({ testFilePath, testResults, testExecError }, rootDir) {
  const file = path.relative(rootDir, testFilePath);
  const failed = testResults.filter(({ status }) => status === 'failed');
  const tests = failed.map(({ fullName, failureMessages }) => ({
    name: fullName,
    why: failureMessages[0] ?? '',
  }));
  if (testExecError)
    tests.push({ name: 'does not run', why: testExecError.message ?? String(testExecError) });
  return tests.map(({ name, why }) => ({ file, name, why: why.split('\n').slice(0, 40).join('\n') }));
}
