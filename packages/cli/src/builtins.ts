import type { GeneratorPlugin, WriterPlugin } from '@datagen/core';

/** A table format: its writer, and how its tables are looked at. */
export interface Format {
  load(): Promise<WriterPlugin>;
  /** What DuckDB reads a table from, as in `SELECT * FROM …`; `isPartitioned` tells of partition folders. */
  scan?(tableUri: string, isPartitioned: boolean): string;
}

/** The plug-ins a command line offers, by name; each is loaded when it is first needed. */
export interface Builtins {
  readonly generators: Readonly<Record<string, () => Promise<GeneratorPlugin>>>;
  readonly formats: Readonly<Record<string, Format>>;
}

/** All generators and formats that come with datagen. */
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
      scan: (tableUri, isPartitioned) =>
        isPartitioned
          ? `read_parquet(${sqlText(`${tableUri}/**/*.parquet`)}, hive_partitioning = true)`
          : sqlText(`${tableUri}/*.parquet`),
    },
  },
};

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
