import { samplePlugin, testGenerator } from '../../src/index.ts';

testGenerator({
  plugin: samplePlugin,
  options: {},
  startDate: '2026-01-02',
  endDate: '2026-01-05',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
