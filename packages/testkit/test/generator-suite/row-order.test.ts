import { PartitionSpec, type TableDefinition } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { firstRowOutOfOrder, sampleGenerator } from '../../src/index.ts';

const generator = sampleGenerator({ eventsPerDay: 10 }, 3);
const { window } = new PartitionSpec({ startDate: '2026-01-02', endDate: '2026-01-05' });
const events = generator.tables.find(({ name }) => name === 'events') as TableDefinition;
const outOfOrder = (sortedBy: readonly string[]) =>
  firstRowOutOfOrder(generator, { ...events, sortedBy }, window);

describe('firstRowOutOfOrder', () => {
  it('finds none where rows rise over batches, blocks and days', () => {
    expect(outOfOrder(['event_id'])).toBeUndefined();
    expect(outOfOrder([])).toBeUndefined();
  });

  it('finds a row that falls within a block', () => {
    expect(outOfOrder(['site_id'])).toMatch(/^row \d of block 2026-01-02~0: \(\d+\) after \(\d+\)$/);
  });

  it('finds a block that begins before the end of the one ahead of it', () => {
    // Each group of a day begins at midnight again.
    expect(outOfOrder(['ts'])).toMatch(/^row 0 of block 2026-01-02~1: /);
  });

  it('looks at a column only where those before it are equal', () => {
    // Text by its bytes: "50% off/é", "a b", "plain", and again the next day.
    expect(outOfOrder(['group', 'ts'])).toMatch(/^row 0 of block 2026-01-03~0: \(50% off/);
    const day = { startMs: window.startMs, endMs: window.startMs + 86_400_000 };
    const byGroup = { ...events, sortedBy: ['group', 'ts'] };
    expect(firstRowOutOfOrder(generator, byGroup, day)).toBeUndefined();
  });
});
