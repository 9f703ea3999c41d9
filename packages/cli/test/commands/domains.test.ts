import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { datagen, temporaryFolder } from '../terminal.ts';

const place = temporaryFolder();
const output = (name: string) => path.join(place, name);
const days = ['--start-date', '2025-07-05', '--end-date', '2025-07-06'];

describe('places of the weather', () => {
  const spelled = '["Berlin",{"name":"Bad Dürkheim","latitude":49.46,"longitude":8.17}]';

  it('are given in a file, and repeated on the command line as JSON', async () => {
    const config = output('weather.yaml');
    writeFileSync(
      config,
      'generator: weather\nlocations:\n  - Berlin\n  - { name: Bad Dürkheim, latitude: 49.46, longitude: 8.17 }\n',
    );
    const first = await datagen(['generate', output('weather'), '--config', config, ...days]);
    expect(first.stdout).toContain(`--locations '${spelled}'\n`);
    const again = await datagen(['generate', 'weather', output('weather'), '--locations', spelled, ...days]);
    expect(again.stdout).toContain('Nothing to do: all 102 rows');
  });

  it.each([
    [['--locations', 'Berln'], 'Unknown city in --locations "Berln". Did you mean "Berlin"? Known: Berlin, '],
    [
      ['--locations', '[{"name":"X","latitude":95,"longitude":0}]'],
      'Expected the latitude of "X" in --locations from -90 to 90, got 95.',
    ],
  ])('%j are refused', async (words, sentence) => {
    const { exitCode, stderr } = await datagen(['generate', 'weather', output('refused'), ...words]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`datagen: ${sentence}`)]);
  });
});

describe('a window without a trading day', () => {
  it('gives empty tables, and says so', async () => {
    const { exitCode, stdout } = await datagen(['generate', 'market_ohlcv', output('weekend'), ...days]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'There are no rows from 2025-07-05 to 2025-07-06 in ohlcv, corporate_actions, dividends, earnings, market_index.\n',
    );
  });
});
