import {
  DatagenError,
  GeneratorConfig,
  option,
  parseDay,
  type Sentence,
  sentence,
} from '@datagen/core/generator';
import { z } from 'zod';
import { METRICS } from './devices/metrics.ts';

/** Seconds in a UTC day. */
export const DAY_SECONDS = 86_400;

/** Options of the sensors generator. */
export const SensorsConfig = GeneratorConfig.extend({
  nDevices: z.int().min(1).max(100_000).default(100).describe('Rows of `devices`'),
  devicesPerSite: z.int().min(1).max(10_000).default(20).describe('Devices at each site'),
  metrics: z
    .array(z.enum(METRICS))
    .min(1)
    .default([...METRICS])
    .describe('What every device measures; leaving one out changes no reading of the others'),
  samplingSeconds: z
    .int()
    .min(1)
    .max(DAY_SECONDS)
    .default(300)
    .describe('Seconds between the readings of a device; a divisor of 86,400'),
  noise: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('Strength of the noise of the sensors; 0 turns it off'),
  drift: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('Strength of the drift between calibrations; 0 turns it off'),
  calibrationDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(90)
    .describe('Days between the calibrations of a device, which take its drift back to 0'),
  missingRate: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.012)
    .describe('Share of readings that are lost, in gaps that hit all metrics of a device'),
  gapMinutes: z
    .number()
    .min(0)
    .max(1_440)
    .default(50)
    .describe('Mean length of such a gap in minutes; a gap is one reading at least'),
  lateRate: z
    .number()
    .min(0)
    .max(0.2)
    .default(0.01)
    .describe('Share of readings that arrive only after an outage of the uplink of their site'),
  anomaliesPerDay: z
    .number()
    .min(0)
    .max(5)
    .default(0.1)
    .describe('Anomalies per device, metric and day; 0.1 labels about 1 % of the readings'),
  fleetStart: z.iso
    .date('expected a day as YYYY-MM-DD')
    .default('2020-01-01')
    .describe('Day of the first installations; nothing can be generated before it'),
  installDays: z
    .int()
    .min(1)
    .max(36_525)
    .default(730)
    .describe('Days from `fleetStart` over which the devices are installed'),
});
export type SensorsConfig = z.infer<typeof SensorsConfig>;

/** Refuses options that are of the right type and make no sense. */
export function checkConfig({ samplingSeconds, metrics, fleetStart }: SensorsConfig): void {
  if (DAY_SECONDS % samplingSeconds !== 0) {
    let [below, above] = [samplingSeconds, samplingSeconds];
    while (DAY_SECONDS % below !== 0) below--;
    while (DAY_SECONDS % above !== 0) above++;
    throw invalid(
      'samplingSeconds',
      sentence`Expected ${option('samplingSeconds')} to divide a day of 86,400 seconds, got ${String(samplingSeconds)}. Use ${String(below)} or ${String(above)}.`,
    );
  }
  const repeated = metrics.find((metric, i) => metrics.indexOf(metric) !== i);
  if (repeated !== undefined)
    throw invalid('metrics', sentence`Expected each of ${option('metrics')} once, got "${repeated}" twice.`);
  if (parseDay(fleetStart, 'fleetStart') < 0)
    throw invalid(
      'fleetStart',
      sentence`Expected ${option('fleetStart')} on or after 1970-01-01, got ${fleetStart}.`,
    );
}

function invalid(name: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: name } });
}
