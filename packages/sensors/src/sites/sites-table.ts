import {
  type BatchBuilder,
  category,
  column,
  defineTable,
  float64,
  int32,
  int64,
  rowsSource,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { siteAt } from './site.ts';
import { townIndexOf, TOWNS } from './towns.ts';

const sitesTable = defineTable({
  name: 'sites',
  description: 'A plant that devices are at.',
  primaryKey: ['site_id'],
  sortedBy: ['site_id'],
  columns: [
    column('site_id', int64(), 'Number of the site, from 1', { distinct: true }),
    column('site_name', text(), 'Town of the site and its number there'),
    column('town', category(), 'Town'),
    column('country', category(), 'Country, ISO 3166-1, two letters'),
    column('time_zone', category(), 'Time zone by the database of the IANA'),
    column('latitude', float64(), 'Degrees north, 5 digits'),
    column('longitude', float64(), 'Degrees east, 5 digits'),
    column('elevation_m', int32(), 'Metres above the sea'),
  ],
});

/** The texts of a property of the towns, each once, and the place of each town's in them. */
function dictionaryOf(texts: readonly string[]) {
  const distinct = [...new Set(texts)];
  return { values: textDictionary(distinct), places: texts.map((value) => distinct.indexOf(value)) };
}

const towns = dictionaryOf(TOWNS.map(({ name }) => name));
const countries = dictionaryOf(TOWNS.map(({ country }) => country));
const timeZones = dictionaryOf(TOWNS.map(({ timeZone }) => timeZone));

/** The table `sites`, in blocks of rows. */
export function sitesSource(seed: number, siteCount: number): TableSource {
  return rowsSource(sitesTable, siteCount, (builder, firstRow) => {
    fillSites(seed, builder, firstRow);
  });
}

/** Fills sites from row `firstRow` of the table on. */
function fillSites(seed: number, builder: BatchBuilder, firstRow: number): void {
  const siteId = builder.int64('site_id');
  const siteName = builder.utf8('site_name');
  const town = builder.dictionary('town', towns.values);
  const country = builder.dictionary('country', countries.values);
  const timeZone = builder.dictionary('time_zone', timeZones.values);
  const latitude = builder.float64('latitude');
  const longitude = builder.float64('longitude');
  const elevation = builder.int32('elevation_m');
  for (let i = 0; i < builder.length; i++) {
    const site = siteAt(seed, firstRow + i);
    const at = townIndexOf(site.index);
    siteId.set(i, site.index + 1);
    siteName.appendText(site.name);
    siteName.endRow();
    town.indexes[i] = towns.places[at] as number;
    country.indexes[i] = countries.places[at] as number;
    timeZone.indexes[i] = timeZones.places[at] as number;
    latitude.values[i] = Math.round(site.latitude * 1e5) / 1e5;
    longitude.values[i] = Math.round(site.longitude * 1e5) / 1e5;
    elevation.values[i] = site.elevation;
  }
}
