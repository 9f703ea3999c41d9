import type { Builtins } from './plugins/offer.ts';
import { sqlText } from './terminal/text.ts';

export type { Builtins };

/** Units below which parts of a date are no whole date any more; core, which knows them, takes long to load. */
const PARTS = ['month', 'week', 'day', 'hour'];

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
      scan: (glob, partitionBy) =>
        partitionBy.length === 0
          ? sqlText(`${glob}/*.parquet`)
          : `read_parquet(${sqlText(`${glob}/**/*.parquet`)}, hive_partitioning = true${hiveTypes(partitionBy)})`,
    },
  },
};

/** DuckDB takes months 10 to 12 for numbers where no other month is beside them: parts of a date are named as text. */
function hiveTypes(partitionBy: readonly string[]): string {
  const isBelow = (i: number) =>
    partitionBy.slice(0, i).some((name) => name === 'year' || PARTS.includes(name));
  const types = partitionBy
    .filter((name, i) => PARTS.includes(name) && isBelow(i))
    .map((name) => `${name}: VARCHAR`);
  return types.length === 0 ? '' : `, hive_types = {${types.join(', ')}}`;
}
