import {
  type BatchBuilder,
  dayBlocks,
  dayOf,
  type TableDefinition,
  type TableSource,
} from '@datagen/core/generator';
import type { Location } from '../locations/locations.ts';
import type { HourlyValues } from './hourly-values.ts';
import type { WeatherHours } from './weather-hours.ts';

/** Of a location's id in the key of a block. */
const ID_DIGITS = 3;

/** What the tables of hours and days are made from. */
export interface WeatherModel {
  readonly locations: readonly Location[];
  /** Whether each location has blocks of its own, and may be a partition. */
  readonly splitLocations: boolean;
  readonly hours: WeatherHours;
}

/** Writes rows of a day from row `start` of the block on, out of the hours of its locations. */
type FillRows = (
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: HourlyValues,
) => void;

/** A table with so many rows for each location and day: a block a day, or one for each location of a day. */
export function weatherSource(
  table: TableDefinition,
  rowsPerLocation: number,
  { locations, splitLocations, hours }: WeatherModel,
  fillRows: FillRows,
): TableSource {
  const rowCount = rowsPerLocation * (splitLocations ? 1 : locations.length);
  return {
    table,
    *blocks(window, wanted) {
      const id = wanted?.values?.['location_id'];
      const listed = id === undefined ? locations : locations.filter((location) => location.id === id);
      for (const day of dayBlocks(window, () => ({ rowCount, exact: true }))) {
        if (splitLocations) {
          for (const location of listed) {
            const key = `${day.key}~${String(location.id).padStart(ID_DIGITS, '0')}`;
            yield { ...day, key, values: { location_id: location.id } };
          }
        } else {
          yield day;
        }
      }
    },
    open({ key, time }) {
      const startMs = time?.startMs ?? 0;
      const of = splitLocations ? [locations[Number(key.slice(-ID_DIGITS)) - 1] as Location] : locations;
      const values = hours.make(dayOf(startMs), of);
      return {
        rowCount,
        fill: (builder, start) => {
          fillRows(builder, start, startMs, of, values);
          if (start + builder.length === rowCount) hours.giveBack(values);
        },
      };
    },
  };
}
