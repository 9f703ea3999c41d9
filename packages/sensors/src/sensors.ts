import {
  DatagenError,
  type DatasetGenerator,
  DAY_MS,
  dayOf,
  definePlugin,
  formatDay,
  once,
  parseDay,
  parseOptions,
  StreamingGenerator,
  type TimeRange,
  option,
  type Sentence,
  sentence,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { anomaliesSource } from './anomalies/anomalies-table.ts';
import { checkConfig, DAY_SECONDS, SensorsConfig } from './config.ts';
import { devicesSource } from './devices/devices-table.ts';
import { Fleet } from './fleet.ts';
import { lastDayOfIds, readingsSource } from './readings/readings-table.ts';

/**
 * A fleet of devices at European sites: readings that follow season, day and machines, with drift, noise, gaps, late
 * arrivals and labelled anomalies. Rows depend on the options alone: time counts from 1970, never from the window.
 */
export class SensorsGenerator extends StreamingGenerator<SensorsConfig> {
  readonly name = 'sensors';
  readonly version = 1;
  protected readonly sources;

  constructor(config: SensorsConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    const fleet = once(() => new Fleet(config));
    const check = (window: TimeRange) => {
      checkWindow(config, window);
    };
    this.sources = [
      devicesSource(fleet, config.nDevices),
      anomaliesSource(fleet, check),
      readingsSource(fleet, check),
    ];
  }
}

/** Refuses days before the fleet is there, and those so late that ids of readings would not be exact. */
function checkWindow({ fleetStart, samplingSeconds }: SensorsConfig, { startMs, endMs }: TimeRange): void {
  if (startMs < parseDay(fleetStart, 'fleetStart')) {
    throw invalid(
      'startDate',
      sentence`Expected a start date on or after the ${option('fleetStart')} ${fleetStart} of the devices, got ${formatDay(startMs)}.`,
    );
  }
  const lastDay = lastDayOfIds(DAY_SECONDS / samplingSeconds);
  if (dayOf(endMs - 1) <= lastDay) return;
  throw invalid(
    'endDate',
    `Expected an end date on or before ${formatDay(lastDay * DAY_MS)}, up to which ids of readings every ${String(samplingSeconds)} s are exact, got ${formatDay(endMs - DAY_MS)}.`,
  );
}

function invalid(option: string, message: string | Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option } });
}

/** A generator of devices, anomalies and readings; refuses options that make no sense. */
export function sensors(options: z.input<typeof SensorsConfig> = {}): DatasetGenerator {
  return sensorsPlugin.create(parseOptions(SensorsConfig, options, 'generator "sensors"'));
}

export const sensorsPlugin = definePlugin({
  kind: 'generator',
  name: 'sensors',
  description: 'A fleet of sensors: devices, readings and the anomalies in them',
  options: SensorsConfig,
  module: import.meta.url,
  export: 'sensorsPlugin',
  create: (options, chunkSize) => new SensorsGenerator(options, chunkSize),
});
