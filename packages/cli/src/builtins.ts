import type { Builtins } from './plugins/offer.ts';
import { sqlText } from './terminal/text.ts';

export type { Builtins };

/** Units below which parts of a date are no whole date any more; core, which knows them, takes long to load. */
const PARTS = ['month', 'week', 'day', 'hour'];

/** All generators, formats and storages that come with datagen. */
export const BUILTINS: Builtins = {
  generators: {
    ecommerce: async () => (await import('@datagen/ecommerce')).ecommercePlugin,
    market_ohlcv: async () => (await import('@datagen/market')).marketOhlcvPlugin,
    market_quotes: async () => (await import('@datagen/market')).marketQuotesPlugin,
    sensors: async () => (await import('@datagen/sensors')).sensorsPlugin,
    weather: async () => (await import('@datagen/weather')).weatherPlugin,
  },
  formats: {
    parquet: {
      load: async () => (await import('@datagen/parquet')).parquetPlugin,
      scan: (glob, partitionBy) =>
        partitionBy.length === 0
          ? sqlText(`${glob}/*.parquet`)
          : `read_parquet(${sqlText(`${glob}/**/*.parquet`)}${hiveReader(partitionBy)})`,
    },
    delta: {
      load: async () => (await import('@datagen/delta')).deltaPlugin,
      // It takes a folder as it is called, no glob.
      scan: (glob) => `delta_scan(${sqlText(glob.replace(/\[([[*?])\]/g, '$1'))})`,
    },
    iceberg: {
      load: async () => (await import('@datagen/iceberg')).icebergPlugin,
      // The newest metadata of a folder is the table's, whichever catalog names it.
      attach: () => 'SET unsafe_enable_version_guessing = true',
      scan: (glob, _, { namespace }) => `iceberg_scan(${sqlText(tableFolder(glob, namespace))})`,
    },
    ducklake: {
      load: async () => (await import('@datagen/ducklake')).ducklakePlugin,
      attach: (glob, { catalog }) => `ATTACH ${sqlText(lakeUri(glob, catalog))} AS lake`,
      scan: (glob, _, { schema }) => ['lake', schema, glob.slice(glob.lastIndexOf('/') + 1)].join('.'),
    },
    csv: {
      load: async () => (await import('@datagen/text')).csvPlugin,
      scan: (glob, partitionBy, options) =>
        `read_csv(${sqlText(`${glob}/**/*.csv*`)}${csvReader(options)}${hiveReader(partitionBy)})`,
    },
    jsonl: {
      load: async () => (await import('@datagen/text')).jsonlPlugin,
      scan: (glob, partitionBy) =>
        `read_json(${sqlText(`${glob}/**/*.jsonl*`)}, format = 'newline_delimited'${hiveReader(partitionBy)})`,
    },
    arrow: { load: async () => (await import('./plugins/arrow-stream.ts')).arrowPlugin, isStream: true },
  },
  storages: {
    s3: {
      schemes: ['s3'],
      load: async () => (await import('@datagen/s3')).s3Plugin,
      duckdb: s3Secret,
    },
  },
};

/** The secret that DuckDB reads S3 with. What was given by flag is not shown: its `***` are for the reader to fill in. */
function s3Secret(options: Readonly<Record<string, unknown>>): string {
  const parts = ['TYPE s3'];
  const add = (name: string, value: unknown) => {
    if (typeof value === 'string') parts.push(`${name} ${sqlText(value)}`);
  };
  if (options['s3Key'] === undefined && options['s3Anon'] !== true) parts.push('PROVIDER credential_chain');
  add('KEY_ID', options['s3Key']);
  add('SECRET', options['s3Secret']);
  add('SESSION_TOKEN', options['s3SessionToken']);
  const endpoint = options['s3EndpointUrl'];
  const isChain = parts.includes('PROVIDER credential_chain') && endpoint === undefined;
  add('REGION', options['s3Region'] ?? (isChain ? undefined : 'us-east-1'));
  if (typeof endpoint === 'string') {
    const [, protocol, host] = /^(?:(https?):\/\/)?(.*?)\/*$/i.exec(endpoint) ?? [];
    add('ENDPOINT', host);
    const isSecure = protocol === undefined ? options['s3Secure'] !== false : /^https$/i.test(protocol);
    if (!isSecure) parts.push('USE_SSL false');
  }
  if (options['s3PathStyle'] === true || (options['s3PathStyle'] === undefined && endpoint !== undefined))
    parts.push("URL_STYLE 'path'");
  return `CREATE SECRET (${parts.join(', ')})`;
}

/** How DuckDB is told what CSV cannot say: that `""` is no null, and the options that are no defaults. */
function csvReader({ delimiter, header, nullText }: Readonly<Record<string, unknown>>): string {
  const parts = [
    'allow_quoted_nulls = false',
    ...(delimiter === 'tab'
      ? ["delim = '\\t'"]
      : delimiter === ','
        ? []
        : [`delim = ${sqlText(String(delimiter))}`]),
    ...(header === false ? ['header = false'] : []),
    ...(nullText === '' ? [] : [`nullstr = ${sqlText(String(nullText))}`]),
  ];
  return `, ${parts.join(', ')}`;
}

/** How DuckDB is told to read columns from the names of folders. */
function hiveReader(partitionBy: readonly string[]): string {
  return partitionBy.length === 0 ? '' : `, hive_partitioning = true${hiveTypes(partitionBy)}`;
}

/** DuckDB takes months 10 to 12 for numbers where no other month is beside them: parts of a date are named as text. */
function hiveTypes(partitionBy: readonly string[]): string {
  const isBelow = (i: number) =>
    partitionBy.slice(0, i).some((name) => name === 'year' || PARTS.includes(name));
  const types = partitionBy
    .filter((name, i) => PARTS.includes(name) && isBelow(i))
    .map((name) => `${name}: VARCHAR`);
  return types.length === 0 ? '' : `, hive_types = {${types.join(', ')}}`;
}

/** Where a table of a namespace lies in an output; DuckDB takes it as it is called, no glob. */
function tableFolder(glob: string, namespace: unknown): string {
  const at = glob.lastIndexOf('/');
  const folders = typeof namespace === 'string' ? namespace.replaceAll('.', '/') : '';
  return `${glob.slice(0, at)}/${folders}${glob.slice(at)}`.replace(/\[([[*?])\]/g, '$1');
}

/** A catalog as DuckDB's extension takes it: a file, or a database with its kind before it; without a password. */
function lakeUri(glob: string, catalog: unknown): string {
  if (typeof catalog !== 'string') return `ducklake:${glob.replace(/\[([[*?])\]/g, '$1')}/metadata.ducklake`;
  const text = catalog.replace(/^(ducklake:)?(duckdb:)?/, '');
  if (!/^postgres(ql)?:\/\//.test(text)) return `ducklake:${text}`;
  return `ducklake:postgres:${text.replace(/^([^:]+:\/\/[^:@/]*):[^@/]*@/, '$1@')}`;
}
