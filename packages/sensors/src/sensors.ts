import {
  type DatasetGenerator,
  definePlugin,
  parseOptions,
  StreamingGenerator,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { anomaliesSource } from './anomalies/anomalies-table.ts';
import { checkConfig, SensorsConfig, type SensorsOptions } from './config.ts';
import { devicesSource } from './devices/devices-table.ts';
import { Fleet } from './fleet.ts';
import { readingsSource } from './readings/readings-table.ts';

/**
 * A fleet of devices at European sites: readings that follow season, day and machines, with drift, noise, gaps, late
 * arrivals and labelled anomalies. Rows depend on the options alone: time counts from 1970, never from the window.
 */
export class SensorsGenerator extends StreamingGenerator<SensorsConfig> {
  readonly name = 'sensors';
  readonly version = 1;
  protected readonly sources;

  /** `config` has its defaults applied. Throws `INVALID_OPTION` where options make no sense together. */
  constructor(config: SensorsConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    const fleet = new Fleet(config);
    this.sources = [devicesSource(config.seed, fleet.devices), anomaliesSource(fleet), readingsSource(fleet)];
  }
}

/**
 * A generator of the tables `devices`, `anomalies` and `readings`. Throws a `DatagenError` with the code
 * `INVALID_OPTION` that names the option, where one is unknown, of another type or out of its range.
 */
export function sensors(options: SensorsOptions = {}): DatasetGenerator {
  const given: z.input<typeof SensorsConfig> = options;
  return sensorsPlugin.create(parseOptions(SensorsConfig, given, 'generator "sensors"'));
}

/** The generator for a `PluginRegistry`. */
export const sensorsPlugin = definePlugin({
  kind: 'generator',
  name: 'sensors',
  description: 'A fleet of sensors: devices, readings and the anomalies in them',
  options: SensorsConfig,
  module: import.meta.url,
  export: 'sensorsPlugin',
  create: (options, chunkSize) => new SensorsGenerator(options, chunkSize),
});
