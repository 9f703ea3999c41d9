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
      fs.writeFileSync(
        path.join(dir, 'counts.json'),
        JSON.stringify({ passed: results.numPassedTests, failed, skipped }),
      );
    }
  }
}
