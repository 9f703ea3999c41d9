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
  parquet: ['chunks', 'encoders', 'data-file', 'reader', 'writer'],
  delta: [
    'config',
    ['schema', 'statistics'],
    'partition-values',
    'log',
    'replaced-files',
    ['reader', 'writer'],
    'plugin',
  ],
  iceberg: [
    'config',
    'metadata',
    'values',
    'layout',
    'manifest',
    'catalog',
    'commit',
    ['reader', 'writer'],
    'plugin',
  ],
  s3: ['config', 'client', 'failures', ['upload', 'read-object', 'abandoned-uploads'], 'storage', 'plugin'],
  sql: ['sql-database', ['sqlite', 'postgresql'], 'database-at', 'sql-catalog'],
  ducklake: [
    'config',
    ['schema', 'partitioning', 'statistics'],
    'catalog',
    'commit',
    ['reader', 'writer'],
    'plugin',
  ],
  look: ['text', 'profile', 'html'],
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
  sensors: [
    ['sites', 'normal-levels'],
    'devices',
    ['machines', 'maintenance', 'anomalies', 'delivery'],
    'readings',
    'fleet',
    'sensors',
  ],
  weather: ['climate', 'locations', 'spells', 'hours', 'synop', 'weather'],
  text: ['cells', 'rows', 'data-file', 'writer', 'reader', ['csv', 'jsonl']],
  testkit: [
    ['rows', 'runner', 'sample-generator', 'hourly-generator', 'statistics'],
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
  ],
};

const FOR_CALLERS = 'index';
const FOR_TABLE_FORMATS = ['data-file/index', 'reader/index', FOR_CALLERS];
const FOR_OPTIONS = 'zod';
const FOR_GENERATORS = ['generator', 'random/index', FOR_OPTIONS, FOR_CALLERS];
const FOR_WRITERS = ['writer/index', FOR_OPTIONS, FOR_CALLERS];

/** The entry points of other packages that each package's `src` may import, as files of their `src`. */
export const IMPORTS = {
  core: {},
  ecommerce: { core: FOR_GENERATORS },
  market: { core: FOR_GENERATORS },
  sensors: { core: FOR_GENERATORS },
  weather: { core: FOR_GENERATORS },
  parquet: { core: FOR_WRITERS },
  delta: { core: FOR_WRITERS, parquet: FOR_TABLE_FORMATS },
  iceberg: {
    core: FOR_WRITERS,
    parquet: FOR_TABLE_FORMATS,
    sql: [FOR_CALLERS],
  },
  s3: { core: FOR_WRITERS },
  sql: { core: ['writer/index'] },
  ducklake: {
    core: FOR_WRITERS,
    parquet: FOR_TABLE_FORMATS,
    sql: [FOR_CALLERS],
  },
  look: { core: [FOR_CALLERS] },
  text: { core: FOR_WRITERS },
  testkit: { core: ['generator', 'random/index', 'writer/index', FOR_OPTIONS, FOR_CALLERS] },
  cli: {
    core: ['generator', 'writer/index', FOR_OPTIONS, FOR_CALLERS],
    delta: [FOR_CALLERS],
    ducklake: [FOR_CALLERS],
    ecommerce: [FOR_CALLERS],
    iceberg: [FOR_CALLERS],
    look: ['html/index', 'text', FOR_CALLERS],
    market: [FOR_CALLERS],
    parquet: [FOR_CALLERS],
    s3: [FOR_CALLERS],
    sensors: [FOR_CALLERS],
    text: [FOR_CALLERS],
    weather: [FOR_CALLERS],
  },
};
