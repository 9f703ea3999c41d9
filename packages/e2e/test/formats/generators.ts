import type { DatasetGenerator } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { marketOhlcv, marketQuotes } from '@datagen/market';
import { sensors } from '@datagen/sensors';
import { weather } from '@datagen/weather';

/** A small dataset of every generator, with rows in every table in some days. */
export const GENERATORS: readonly DatasetGenerator[] = [
  ecommerce({ nCustomers: 300, nProducts: 100, ordersPerDay: 40 }),
  marketOhlcv({ nSymbols: 3, frequency: '15m' }),
  marketQuotes({ nSymbols: 2, quotesPerMinute: 1 }),
  sensors({ nDevices: 4, samplingSeconds: 3600, calibrationDays: 28, batteryDays: 30 }),
  weather({ locations: ['Berlin', 'Sydney'] }),
];
