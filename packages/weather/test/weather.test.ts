import { testGenerator } from '@datagen/testkit';
import { weatherPlugin } from '../src/index.ts';

testGenerator({
  plugin: weatherPlugin,
  options: {
    synop: true,
    locations: [
      'Berlin',
      'Sydney',
      { name: 'Sonnblick', latitude: 47.054, longitude: 12.958, elevation: 3106 },
    ],
  },
  // Blocks of the fields begin at multiples of 64 days since 1970: on 2026-01-27.
  startDate: '2026-01-25',
  endDate: '2026-01-29',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
