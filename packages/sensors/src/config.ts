import {
  DatagenError,
  DAY_MS,
  dayOf,
  formatDay,
  GeneratorConfig,
  type GeneratorOptions,
  option,
  parseDay,
  type Sentence,
  sentence,
} from '@datagen/core/generator';
import { z } from '@datagen/core/zod';
import { type Metric, METRICS } from './devices/metrics.ts';

/** Seconds in a UTC day. */
export const DAY_SECONDS = 86_400;

/** Room for days since 1970 in numbers that are made of a sensor or site and a day. */
export const DAY_PLACES = 65_536;
/** The last day since 1970 that there is room for, 2149-06-06: from the next one on ids would repeat. */
export const LAST_DAY = DAY_PLACES - 1;

/** The schema of the options of the sensors generator. */
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
    .describe(
      'Days between the calibrations of a device, which take its drift back to 0; below 28 it calibrates itself',
    ),
  batteryDays: z
    .int()
    .min(30)
    .max(10_000)
    .default(800)
    .describe('Days that a battery is used on average, before a technician changes it'),
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
  duplicateRate: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe(
      'Share of messages that are delivered twice, as at-least-once delivery does; both have one `reading_id`',
    ),
  messages: z
    .boolean()
    .default(false)
    .describe(
      'Whether there is a table `messages` too: gateway, signal strength and frame counter of each message',
    )
    .meta({ layout: true, choosesTables: true }),
  anomaliesPerDay: z
    .number()
    .min(0)
    .max(5)
    .default(0.1)
    .describe('Anomalies per device, metric and day; 0.1 labels about 1 % of the readings'),
  fleetStart: z.iso
    .date('expected a day that exists, as YYYY-MM-DD')
    .default('2020-01-01')
    .describe('Day of the first installations; nothing can be generated before it'),
  installDays: z
    .int()
    .min(1)
    .max(36_525)
    .default(730)
    .describe('Days from `fleetStart` over which the devices are installed'),
});
/** The options of the sensors generator with their defaults applied. */
export type SensorsConfig = z.infer<typeof SensorsConfig>;

/** The options of the sensors generator as a caller writes them: all may be left out. */
export interface SensorsOptions extends GeneratorOptions {
  /**
   * Number of devices, from 1 to 100,000. More devices leave the rows of the others as they are.
   * @default 100
   */
  nDevices?: number | undefined;
  /**
   * Devices at each site, from 1 to 10,000.
   * @default 20
   */
  devicesPerSite?: number | undefined;
  /**
   * What every device measures, each once; all five metrics by default. Leaving one out changes no reading of the others.
   */
  metrics?: Metric[] | undefined;
  /**
   * Seconds between the readings of a device, a divisor of 86,400.
   * @default 300
   */
  samplingSeconds?: number | undefined;
  /**
   * Strength of the noise of the sensors, from 0 (none) to 10.
   * @default 1
   */
  noise?: number | undefined;
  /**
   * Strength of the drift between calibrations, from 0 (none) to 10.
   * @default 1
   */
  drift?: number | undefined;
  /**
   * Days between the calibrations of a device, which take its drift back to 0, from 1 to 3,650. From 28 on a technician
   * comes, on a working day; below, the device calibrates itself.
   * @default 90
   */
  calibrationDays?: number | undefined;
  /**
   * Days that a battery is used on average, before a technician changes it, from 30 to 10,000.
   * @default 800
   */
  batteryDays?: number | undefined;
  /**
   * Share of readings that are lost, from 0 to 0.9, in gaps that hit all metrics of a device.
   * @default 0.012
   */
  missingRate?: number | undefined;
  /**
   * Mean length of such a gap in minutes, from 0 to 1,440; a gap is one reading at least.
   * @default 50
   */
  gapMinutes?: number | undefined;
  /**
   * Share of readings that arrive only after an outage of the uplink of their site, from 0 to 0.2.
   * @default 0.01
   */
  lateRate?: number | undefined;
  /**
   * Share of messages that are delivered twice, from 0 to 0.5. Both copies have one `reading_id`, and the second one says
   * so in `is_duplicate`, which is part of the primary key then.
   * @default 0
   */
  duplicateRate?: number | undefined;
  /**
   * Whether there is a table `messages` too, which has the gateway, signal strength and frame counter of each message.
   * @default false
   */
  messages?: boolean | undefined;
  /**
   * Anomalies per device, metric and day, from 0 to 5; 0.1 labels about 1 % of the readings.
   * @default 0.1
   */
  anomaliesPerDay?: number | undefined;
  /**
   * Day of the first installations (`YYYY-MM-DD`, 1970-01-01 to 2149-06-06); nothing can be generated before it.
   * @default '2020-01-01'
   */
  fleetStart?: string | undefined;
  /**
   * Days from `fleetStart` over which the devices are installed, from 1 to 36,525.
   * @default 730
   */
  installDays?: number | undefined;
}

/** Refuses what the schema cannot see: intervals that do not divide a day, metrics named twice, a start out of range. */
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
  const startDay = dayOf(parseDay(fleetStart, 'fleetStart'));
  if (startDay < 0 || startDay > LAST_DAY) {
    throw invalid(
      'fleetStart',
      sentence`Expected ${option('fleetStart')} to lie between 1970-01-01 and ${formatDay(LAST_DAY * DAY_MS)}, got ${fleetStart}.`,
    );
  }
}

function invalid(name: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: name } });
}
