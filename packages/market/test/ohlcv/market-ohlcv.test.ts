import { describe, expect, it } from '@jest/globals';
import { parseDay, type TableDefinition } from '@datagen/core/generator';
import { testGenerator } from '@datagen/testkit';
import { MarketOhlcvGenerator, marketOhlcvPlugin } from '../../src/index.ts';

// Of these shares one splits on 1 October, one tells its earnings on the next day, and one is without its dividend on the
// 8th; volatile ones, anchored years before.
testGenerator({
  plugin: marketOhlcvPlugin,
  options: {
    symbols: ['TXK', 'KPSP', 'NSVA'],
    frequency: '1m',
    volatility: 2,
    priceAnchorDate: '2020-01-02',
    auctions: true,
  },
  startDate: '2024-09-30',
  endDate: '2024-10-08',
  digestsUrl: new URL('./digests.json', import.meta.url),
});

describe('minutes that are read by turns', () => {
  it('are the same as those read one block after the other', () => {
    const config = marketOhlcvPlugin.options.parse({ nSymbols: 2, frequency: '1m' });
    const generator = new MarketOhlcvGenerator(config, 100);
    const ohlcvTable = generator.tables[1] as TableDefinition;
    const window = { startMs: parseDay('2024-09-27', 'start'), endMs: parseDay('2024-09-28', 'end') };
    const blocks = [...generator.blocks(ohlcvTable, window)];
    const alone = blocks.map((block) => Array.from(generator.generate(ohlcvTable, block), closes));
    const readers = blocks.map((block) => generator.generate(ohlcvTable, block)[Symbol.iterator]());
    const byTurns: number[][][] = blocks.map(() => []);
    for (let batch = 0; batch < 4; batch++)
      readers.forEach((reader, k) => byTurns[k]?.push(closes(reader.next().value as Batch)));
    expect(byTurns).toEqual(alone);
  });
});

type Batch = ReturnType<MarketOhlcvGenerator['generate']> extends Iterable<infer T> ? T : never;

function closes(batch: Batch): number[] {
  return [...(batch.getChild('close')?.toArray() as Uint32Array)];
}
