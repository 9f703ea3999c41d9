import { testGenerator } from '@datagen/testkit';
import { type MarketOhlcvConfig, MarketOhlcvGenerator, marketOhlcvPlugin } from '../src/index.ts';

// Anchored at prices high above and below the band, so that the quarter that starts on 1 October has splits.
testGenerator<MarketOhlcvConfig>({
  plugin: marketOhlcvPlugin,
  create: (config, chunkSize) => new MarketOhlcvGenerator(config, chunkSize),
  options: { nSymbols: 3, frequency: '1m', volatility: 2, priceAnchorDate: '2020-01-02' },
  startDate: '2024-09-27',
  endDate: '2024-10-02',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
