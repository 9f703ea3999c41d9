import {
  type Block,
  type ChunkFiller,
  type DatasetGenerator,
  dayBlocks,
  dayOf,
  definePlugin,
  firstRowOf,
  parseOptions,
  rowBlocks,
  LegacyStreamingGenerator,
  type TableDefinition,
  type TimeRange,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { WeatherConfig } from './config.ts';
import { Fields } from './fields.ts';
import { HourlyValues, HOURS } from './hourly-values.ts';
import { LocationHours } from './hours.ts';
import { type Location, resolveLocations } from './locations.ts';
import { fillLocations, locationsTable } from './tables/locations.ts';
import { fillDays, weatherDailyTable } from './tables/weather-daily.ts';
import { fillHours, weatherHourlyTable } from './tables/weather-hourly.ts';

/**
 * Hourly and daily weather of places on Earth that agrees in space and time: warm and wet spells last for days and
 * reach over countries, hours follow the sun. Rows of a location depend on the seed, its name, its position and the
 * locations listed before it, and on nothing else.
 */
export class WeatherGenerator extends LegacyStreamingGenerator<WeatherConfig> {
  readonly name = 'weather';
  readonly version = 1;
  readonly tables = [locationsTable, weatherHourlyTable, weatherDailyTable];
  readonly #locations: readonly Location[];
  #hours: readonly LocationHours[] | undefined;
  /** Of a block that is written. */
  #spare: HourlyValues | undefined;

  constructor(config: WeatherConfig, chunkSize?: number) {
    super(config, chunkSize);
    this.#locations = resolveLocations(config);
  }

  *blocks(table: TableDefinition, window: TimeRange): Generator<Block> {
    if (table.name === locationsTable.name) {
      yield* rowBlocks(this.#locations.length);
      return;
    }
    const rowsPerLocation = table.name === weatherHourlyTable.name ? HOURS : 1;
    const { splitLocations } = this.config;
    const rowCount = rowsPerLocation * (splitLocations ? 1 : this.#locations.length);
    for (const day of dayBlocks(window, () => ({ rowCount, exact: true }))) {
      if (!splitLocations) {
        yield day;
        continue;
      }
      for (const { id } of this.#locations) {
        const key = `${day.key}~${String(id).padStart(ID_DIGITS, '0')}`;
        yield { ...day, key, values: { location_id: id } };
      }
    }
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const { key, rowCount, time } = block;
    if (time === undefined) {
      const firstRow = firstRowOf(block);
      return {
        rowCount,
        fill: (builder, start) => {
          fillLocations(this.#locations, builder, firstRow + start);
        },
      };
    }
    const locations = this.config.splitLocations
      ? [this.#locations[Number(key.slice(-ID_DIGITS)) - 1] as Location]
      : this.#locations;
    const values = this.#makeHours(dayOf(time.startMs), locations);
    const fillRows = table.name === weatherHourlyTable.name ? fillHours : fillDays;
    return {
      rowCount,
      fill: (builder, start) => {
        fillRows(builder, start, time.startMs, locations, values);
        if (start + builder.length === rowCount) this.#spare = values;
      },
    };
  }

  #makeHours(day: number, locations: readonly Location[]): HourlyValues {
    const values = this.#takeValues(locations.length * HOURS);
    const hours = this.#openHours();
    locations.forEach(({ id }, i) => {
      (hours[id - 1] as LocationHours).fill(day, values, i * HOURS);
    });
    return values;
  }

  #takeValues(length: number): HourlyValues {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare?.length !== length) return new HourlyValues(length);
    spare.clear();
    return spare;
  }

  #openHours(): readonly LocationHours[] {
    if (this.#hours === undefined) {
      const { seed } = this.config;
      const fields = new Fields(seed, this.#locations);
      this.#hours = this.#locations.map((location) => new LocationHours(seed, location, fields));
    }
    return this.#hours;
  }
}

/** Of a location's id in the key of a block. */
const ID_DIGITS = 3;

/** A generator of locations with their hourly and daily weather; refuses options that make no sense. */
export function weather(options: z.input<typeof WeatherConfig> = {}): DatasetGenerator {
  return weatherPlugin.create(parseOptions(WeatherConfig, options, 'generator "weather"'));
}

export const weatherPlugin = definePlugin({
  kind: 'generator',
  name: 'weather',
  description: 'Weather: locations with their hourly and daily weather',
  options: WeatherConfig,
  module: import.meta.url,
  export: 'weatherPlugin',
  create: (options, chunkSize?: number) => new WeatherGenerator(options, chunkSize),
});
