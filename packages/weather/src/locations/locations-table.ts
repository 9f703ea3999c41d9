import {
  type BatchBuilder,
  column,
  defineTable,
  firstRowOf,
  float64,
  int64,
  rowBlocks,
  type TableSource,
  text,
} from '@datagen/core/generator';
import type { Location } from './locations.ts';

const locationsTable = defineTable({
  name: 'locations',
  description: 'A place whose weather is observed.',
  primaryKey: ['location_id'],
  sortedBy: ['location_id'],
  columns: [
    column('location_id', int64(), 'Position in the option `locations`, from 1', { distinct: true }),
    column('name', text(), 'Name of the place; unique'),
    column('country', text(), 'Country, ISO 3166 code; null if it was not given', { nullable: true }),
    column('latitude', float64(), 'Degrees, north positive'),
    column('longitude', float64(), 'Degrees, east positive'),
    column('elevation_m', float64(), 'Height above sea level, m'),
  ],
});

/** The table `locations`. */
export function locationsSource(locations: readonly Location[]): TableSource {
  return {
    table: locationsTable,
    blocks: (_, wanted) => rowBlocks(locations.length, wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fillLocations(locations, builder, firstRow + start);
        },
      };
    },
  };
}

function fillLocations(locations: readonly Location[], builder: BatchBuilder, start: number): void {
  const id = builder.int64('location_id');
  const name = builder.utf8('name');
  const country = builder.utf8('country');
  const latitude = builder.float64('latitude');
  const longitude = builder.float64('longitude');
  const elevation = builder.float64('elevation_m');
  for (let row = 0; row < builder.length; row++) {
    const location = locations[start + row] as Location;
    id.set(row, location.id);
    name.appendText(location.name);
    name.endRow();
    if (location.country === undefined) {
      country.endNull();
    } else {
      country.appendText(location.country);
      country.endRow();
    }
    latitude.values[row] = location.latitude;
    longitude.values[row] = location.longitude;
    elevation.values[row] = location.elevationM;
  }
}
