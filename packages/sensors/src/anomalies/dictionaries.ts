import { textDictionary } from '@datagen/core/generator';
import { METRICS } from '../devices/metrics.ts';
import { ANOMALY_TYPES } from './anomaly-plan.ts';

/** The dictionaries of columns that are in both `anomalies` and `readings`. */
export const anomalyTypes = textDictionary(ANOMALY_TYPES);
export const metricNames = textDictionary(METRICS);
