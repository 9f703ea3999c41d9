import { expect, it } from '@jest/globals';
import * as core from '@datagen/core';
import * as market from '../src/index.ts';

it('hands on what a caller of writeDataset needs, of the one core', () => {
  expect(market.writeDataset).toBe(core.writeDataset);
  expect(market.PartitionSpec).toBe(core.PartitionSpec);
  expect(market.DatagenError).toBe(core.DatagenError);
});
