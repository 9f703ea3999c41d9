import { describe, expect, it } from '@jest/globals';
import { DatagenError, type TableDefinition } from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import { digestBlocks, testGenerator } from '@datagen/testkit';
import { marketQuotes, marketQuotesPlugin } from '../../src/index.ts';

testGenerator({
  plugin: marketQuotesPlugin,
  // Shares that hardly trade.
  options: { symbols: ['RVG', 'LQBC'], quotesPerMinute: 1, trades: true },
  // With a half day.
  startDate: '2024-07-02',
  endDate: '2024-07-05',
  digestsUrl: new URL('./digests.json', import.meta.url),
});

const quotesTable = marketQuotes().tables[1] as TableDefinition;
const { window } = new PartitionSpec({ startDate: '2024-07-02', endDate: '2024-07-05' });

function digests(options: Parameters<typeof marketQuotes>[0], symbol: string) {
  const generator = marketQuotes(options);
  const blocks = [...generator.blocks(quotesTable, window)].filter(
    (block) => block.values?.symbol === symbol,
  );
  expect(blocks).toHaveLength(3);
  return digestBlocks(generator, quotesTable, blocks);
}

describe('market_quotes', () => {
  it('leaves the quotes of a symbol alone when others are listed', () => {
    const alone = digests({ symbols: ['ACME'], quotesPerMinute: 5 }, 'ACME');
    expect(digests({ symbols: ['ZZZ', 'ACME', 'AAA'], quotesPerMinute: 5 }, 'ACME')).toEqual(alone);
  });

  it('knows the rows of a block to a tenth', () => {
    const generator = marketQuotes({ nSymbols: 5 });
    for (const block of generator.blocks(quotesTable, window)) {
      let rowCount = 0;
      for (const batch of generator.generate(quotesTable, block)) rowCount += batch.numRows;
      expect(Math.abs(rowCount / block.rowCount - 1)).toBeLessThan(0.1);
    }
  });

  it('refuses what makes no sense in one sentence', () => {
    const early = new PartitionSpec({ startDate: '1999-12-31', endDate: '2000-01-05' }).window;
    for (const act of [
      () => marketQuotes({ quotesPerMinute: 0 }),
      () => marketQuotes({ symbols: ['ACME', 'ACME'] }),
      () => [...marketQuotes().blocks(quotesTable, early)],
    ])
      expect(act).toThrow(DatagenError);
    expect(() => [...marketQuotes().blocks(quotesTable, early)]).toThrow(
      'Expected `startDate` on or after 2000-01-01, where prices begin, got 1999-12-31.',
    );
  });
});
