import {
  type BatchBuilder,
  type Block,
  type BlockFilter,
  dayBlocks,
  dayOf,
  type TableDefinition,
  type TableSource,
  type TimeRange,
} from '@datagen/core/generator';
import type { Location } from '../locations/locations.ts';
import type { DayMaker, WeatherHours } from './weather-hours.ts';

/** Separates the day from the location in the key of a block: `2026-01-05~001`. */
const KEY_SEPARATOR = '~';
const ID_DIGITS = 3;

/** What the tables of hours and days are made from. */
export interface WeatherModel {
  readonly locations: readonly Location[];
  /** Whether each location has blocks of its own and so can be a partition. */
  readonly splitLocations: boolean;
  readonly hours: WeatherHours;
}

/** Writes the rows of a day from row `start` of the block on, out of the values of the block's locations. */
type FillRows<Values> = (
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: Values,
) => void;

/** A table that has `rowsPerLocation` rows for each location and day. */
export function weatherSource<Values>(
  table: TableDefinition,
  rowsPerLocation: number,
  model: WeatherModel,
  maker: DayMaker<Values>,
  fillRows: FillRows<Values>,
): TableSource {
  const { locations, splitLocations } = model;
  const locationsOf = ({ key }: Block) =>
    splitLocations ? [locations[Number(key.split(KEY_SEPARATOR)[1]) - 1] as Location] : locations;
  return {
    table,
    blocks: (window, wanted) =>
      splitLocations
        ? locationBlocks(model, rowsPerLocation, window, wanted)
        : dayBlocks(window, () => ({ rowCount: rowsPerLocation * locations.length, exact: true }), wanted),
    open(block) {
      const { time, rowCount } = block;
      const startMs = time?.startMs ?? 0;
      const inBlock = locationsOf(block);
      const values = maker.make(dayOf(startMs), inBlock);
      return {
        rowCount,
        fill: (builder, start) => {
          fillRows(builder, start, startMs, inBlock, values);
          if (start + builder.length === rowCount) maker.giveBack(values);
        },
      };
    },
  };
}

/** A block for each location of each day, without those that are not wanted. */
function* locationBlocks(
  { locations }: WeatherModel,
  rowCount: number,
  window: TimeRange,
  { from = '', values }: BlockFilter = {},
): Generator<Block> {
  const wantedId = values?.['location_id'];
  const listed = wantedId === undefined ? locations : locations.filter(({ id }) => id === wantedId);
  for (const day of dayBlocks(window, () => ({ rowCount, exact: true }))) {
    for (const { id } of listed) {
      const key = `${day.key}${KEY_SEPARATOR}${String(id).padStart(ID_DIGITS, '0')}`;
      if (key >= from) yield { ...day, key, values: { location_id: id } };
    }
  }
}
