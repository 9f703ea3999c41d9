import { textDictionary } from '@datagen/core/generator';
import { ANOMALY_TYPES } from './anomaly-plan.ts';

/** The dictionary of a column that is in both `anomalies` and `readings`. */
export const anomalyTypes = textDictionary(ANOMALY_TYPES);
