import path from 'node:path';

/** ESM-only packages that a CommonJS dependency require()s: Jest can do that itself only from Node 24.9. */
const TO_CJS = ['uuid'];

/** Tests run from source: the custom export condition picks src/, swc strips the types. */
export function jestConfig(dir) {
  const swc = (syntax) => [
    '@swc/jest',
    { swcrc: false, jsc: { target: 'es2022', parser: { syntax } }, sourceMaps: 'inline' },
  ];
  return {
    rootDir: dir,
    displayName: path.basename(dir),
    testEnvironment: path.join(import.meta.dirname, 'environment.mjs'),
    testEnvironmentOptions: { customExportConditions: ['@datagen/source', 'node', 'node-addons'] },
    testMatch: ['<rootDir>/test/**/*.test.ts'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': swc('typescript'), '\\.js$': swc('ecmascript') },
    transformIgnorePatterns: [`/node_modules/(?!(${TO_CJS.join('|')})/)`, '/dist/'],
    reporters: ['default', path.join(import.meta.dirname, 'counts.mjs')],
    // A loaded machine is slow to load wasm and engines: a time limit is there to end what hangs.
    testTimeout: 60_000,
    coverageProvider: 'v8',
    coverageDirectory: '<rootDir>/coverage',
    collectCoverageFrom: ['src/**/*.ts'],
  };
}
