// What the structure check holds: which package may import which, and in which order the rooms of each stand.

/** How many entries a folder may have. */
export const MOST_ENTRIES = 12;

/**
 * The rooms of each package's `src`, folders and single files without their extension: each may import those before
 * it; those in one list may not import each other. What is not named here (configurations, entry points) may import
 * all of its package, as long as no circle comes of it.
 */
export const ROOMS = {
  core: ['support', 'arrow', 'random', 'dataset', 'plan', 'storage', 'writer', 'plugin', 'run'],
  parquet: ['chunks', 'encoders', 'data-file', 'writer'],
  ecommerce: [
    ['word-lists', 'draws'],
    'geography',
    'demand',
    'products',
    'customers',
    'orders',
    'shop',
    'ecommerce',
  ],
  market: ['exchange', 'market-config', 'listings', 'prices', ['ohlcv', 'quotes']],
  sensors: [['sites', 'normal-levels'], 'devices', ['anomalies', 'delivery'], 'readings', 'fleet', 'sensors'],
  weather: ['climate', 'locations', 'spells', 'hours', 'weather'],
  testkit: [
    ['rows', 'runner', 'sample-generator', 'statistics'],
    ['generator-suite', 'log-table', 'storage-suite', 'writer-suite'],
  ],
  cli: [
    'terminal',
    'flags',
    'config',
    'plugins',
    'builtins',
    'request',
    'report',
    'completion',
    'commands',
    'process',
    'bin',
  ],
};

const FOR_CALLERS = 'index';
const FOR_GENERATORS = ['generator', 'random/index', FOR_CALLERS];

/** The entry points of other packages that each package's `src` may import, as files of their `src`. */
export const IMPORTS = {
  core: {},
  ecommerce: { core: FOR_GENERATORS },
  market: { core: FOR_GENERATORS },
  sensors: { core: FOR_GENERATORS },
  weather: { core: FOR_GENERATORS },
  parquet: { core: ['writer/index', FOR_CALLERS] },
  testkit: { core: ['generator', 'random/index', 'writer/index', FOR_CALLERS] },
  cli: {
    core: ['generator', FOR_CALLERS],
    ecommerce: [FOR_CALLERS],
    market: [FOR_CALLERS],
    parquet: [FOR_CALLERS],
    sensors: [FOR_CALLERS],
    weather: [FOR_CALLERS],
  },
};
