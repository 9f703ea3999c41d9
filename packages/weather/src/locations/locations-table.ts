import {
  type BatchBuilder,
  column,
  defineTable,
  float64,
  int64,
  rowsSource,
  type TableSource,
  text,
  type Utf8Column,
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
    column(
      'icao_id',
      text(),
      'ICAO code of the airport that reports; null for a place that is no known city',
      {
        nullable: true,
      },
    ),
    column('wmo_id', text(), 'WMO station number of that airport, five digits; null with `icao_id`', {
      nullable: true,
    }),
  ],
});

/** The table `locations`. */
export function locationsSource(locations: readonly Location[]): TableSource {
  return rowsSource(locationsTable, locations.length, (builder, firstRow) => {
    fillLocations(locations, builder, firstRow);
  });
}

function fillLocations(locations: readonly Location[], builder: BatchBuilder, start: number): void {
  const id = builder.int64('location_id');
  const name = builder.utf8('name');
  const country = builder.utf8('country');
  const latitude = builder.float64('latitude');
  const longitude = builder.float64('longitude');
  const elevation = builder.float64('elevation_m');
  const icaoId = builder.utf8('icao_id');
  const wmoId = builder.utf8('wmo_id');
  for (let row = 0; row < builder.length; row++) {
    const location = locations[start + row] as Location;
    id.set(row, location.id);
    name.appendText(location.name);
    name.endRow();
    appendOrNull(country, location.country);
    appendOrNull(icaoId, location.station?.icaoId);
    appendOrNull(wmoId, location.station?.wmoId);
    latitude.values[row] = location.latitude;
    longitude.values[row] = location.longitude;
    elevation.values[row] = location.elevationM;
  }
}

function appendOrNull(column: Utf8Column, value: string | undefined): void {
  if (value === undefined) {
    column.endNull();
  } else {
    column.appendText(value);
    column.endRow();
  }
}
