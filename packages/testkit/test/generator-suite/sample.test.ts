import { type SampleConfig, sampleGenerator, samplePlugin, testGenerator } from '../../src/index.ts';

testGenerator<SampleConfig>({
  plugin: samplePlugin,
  create: (config, chunkSize) => sampleGenerator(config, chunkSize),
  options: {},
  startDate: '2026-01-02',
  endDate: '2026-01-05',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
