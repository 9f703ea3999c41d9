import { jestConfig } from '../../tools/jest/preset.mjs';

/** Most of these tests wait for other processes most of the time: two at once take little more than one. */
export default {
  ...jestConfig(import.meta.dirname),
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/readers/python-server.mjs',
};
