import type { Builtins } from './plugins/offer.ts';
import { sqlText } from './terminal/text.ts';

export type { Builtins };

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
      scan: (glob, isPartitioned) =>
        isPartitioned
          ? `read_parquet(${sqlText(`${glob}/**/*.parquet`)}, hive_partitioning = true)`
          : sqlText(`${glob}/*.parquet`),
    },
  },
};
