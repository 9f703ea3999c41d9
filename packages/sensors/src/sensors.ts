import {
  type DatasetGenerator,
  definePlugin,
  option,
  parseOptions,
  StreamingGenerator,
} from '@datagen/core/generator';
import type { z } from '@datagen/core/zod';
import { anomaliesSource } from './anomalies/anomalies-table.ts';
import { checkConfig, SensorsConfig, type SensorsOptions } from './config.ts';
import { gatewaysSource } from './delivery/gateways-table.ts';
import { outagesSource } from './delivery/outages-table.ts';
import { devicesSource } from './devices/devices-table.ts';
import { Fleet } from './fleet.ts';
import { batteryChangesSource } from './maintenance/battery-changes-table.ts';
import { calibrationsSource } from './maintenance/calibrations-table.ts';
import { workOrdersSource } from './maintenance/work-orders-table.ts';
import { messagesSource } from './readings/messages-table.ts';
import { readingsSource } from './readings/readings-table.ts';
import { sitesSource } from './sites/sites-table.ts';

/**
 * A fleet of devices at European sites: readings that follow season, day and machines, with drift, noise, gaps, late
 * arrivals, labelled anomalies and the work of technicians. Rows depend on the options alone: time counts from 1970, never from the window.
 */
export class SensorsGenerator extends StreamingGenerator<SensorsConfig> {
  readonly name = 'sensors';
  readonly version = 2;
  protected readonly sources;

  /** `config` has its defaults applied. Throws `INVALID_OPTION` where options make no sense together. */
  constructor(config: SensorsConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    const fleet = new Fleet(config);
    const { seed, duplicateRate, messages } = config;
    this.sources = [
      sitesSource(seed, fleet.devices.siteCount),
      gatewaysSource(seed, fleet.devices),
      devicesSource(seed, fleet),
      workOrdersSource(seed, fleet),
      calibrationsSource(fleet),
      batteryChangesSource(fleet),
      outagesSource(fleet),
      anomaliesSource(fleet),
      ...(messages ? [messagesSource(fleet, duplicateRate > 0)] : []),
      readingsSource(fleet, duplicateRate > 0),
    ];
  }
}

/**
 * A generator of the tables of sites, gateways, devices, their upkeep, outages, anomalies and readings. Throws a `DatagenError` with the code
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
  description: 'A fleet of sensors: devices, their upkeep, readings and the anomalies in them',
  options: SensorsConfig,
  scaling: [{ options: { nDevices: {} } }, { earliest: option('fleetStart') }],
  module: import.meta.url,
  export: 'sensorsPlugin',
  create: (options, chunkSize) => new SensorsGenerator(options, chunkSize),
});
