import { textDictionary } from '@datagen/core/generator';
import { METRICS, profileOf } from './metrics.ts';

/** The dictionaries of columns that are in several tables, by the slot of the metric. */
export const metricNames = textDictionary(METRICS);
export const unitNames = textDictionary(METRICS.map((_, slot) => profileOf(slot).unit));
