import {
  type Block,
  type ChunkFiller,
  DatagenError,
  type DatasetGenerator,
  DAY_MS,
  dayBlocks,
  dayOf,
  definePlugin,
  firstRowOf,
  formatDay,
  LegacyStreamingGenerator,
  option,
  parseDay,
  parseOptions,
  rowBlocks,
  sentence,
  type TableDefinition,
  type TimeRange,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { checkConfig, SensorsConfig } from './config.ts';
import { Fleet } from './fleet.ts';
import { anomaliesFiller, anomaliesTable, countAnomalies } from './tables/anomalies.ts';
import { devicesTable, fillDevices } from './tables/devices.ts';
import { readingsFiller, readingsTable } from './tables/readings.ts';

/**
 * A fleet of devices at European sites: readings that follow season, day and machines, with drift, noise, gaps, late
 * arrivals and labelled anomalies. Rows depend on the options alone: time counts from 1970, never from the window.
 */
export class SensorsGenerator extends LegacyStreamingGenerator<SensorsConfig> {
  readonly name = 'sensors';
  readonly version = 1;
  readonly tables = [devicesTable, anomaliesTable, readingsTable];
  #fleet: Fleet | undefined;

  constructor(config: SensorsConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
  }

  blocks(table: TableDefinition, window: TimeRange): Iterable<Block> {
    if (table.name === 'devices') return rowBlocks(this.config.nDevices);
    this.#checkWindow(window);
    const fleet = this.#openFleet();
    if (table.name === 'readings') return siteBlocks(fleet, window);
    return dayBlocks(window, (startMs) => ({ rowCount: countAnomalies(fleet, dayOf(startMs)), exact: true }));
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const fleet = this.#openFleet();
    if (block.time === undefined) {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillDevices(fleet, builder, firstRow + start);
        },
      };
    }
    const day = dayOf(block.time.startMs);
    if (table.name === 'anomalies') return anomaliesFiller(fleet, day);
    const site = Number(block.key.split('~')[1]) - 1;
    return { rowCount: rowsOf(fleet, site, day), fill: readingsFiller(fleet, site, day) };
  }

  #openFleet(): Fleet {
    return (this.#fleet ??= new Fleet(this.config));
  }

  #checkWindow({ startMs }: TimeRange): void {
    const { fleetStart } = this.config;
    if (startMs >= parseDay(fleetStart, 'fleetStart')) return;
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Expected a start date on or after the ${option('fleetStart')} ${fleetStart} of the devices, got ${formatDay(startMs)}.`,
      { details: { option: 'startDate' } },
    );
  }
}

/** The days of the window, and in each the sites: `2026-01-05~000001`, … */
function* siteBlocks(fleet: Fleet, window: TimeRange): Generator<Block> {
  const { siteCount } = fleet.devices;
  const siteKeys = Array.from({ length: siteCount }, (_, site) => `~${String(site + 1).padStart(6, '0')}`);
  for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
    const time = { startMs, endMs: startMs + DAY_MS };
    const dayKey = formatDay(startMs);
    for (let site = 0; site < siteCount; site++) {
      yield {
        key: dayKey + (siteKeys[site] as string),
        rowCount: rowsOf(fleet, site, dayOf(startMs)),
        exact: true,
        time,
        values: { site_id: site + 1 },
      };
    }
  }
}

function rowsOf({ messages, slots }: Fleet, site: number, day: number): number {
  return messages.on(site, day) * slots.length;
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
