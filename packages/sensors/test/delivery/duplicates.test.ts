import { countDifferences, readColumns, shareWhere } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';

const WINDOW = ['2025-03-01', '2025-03-05'] as const;
const once = sensors({ nDevices: 20 });
const twice = sensors({ nDevices: 20, duplicateRate: 0.05, messages: true });

describe('messages that are delivered twice', () => {
  const readings = readColumns(twice, 'readings', ...WINDOW);
  const isCopy = readings.numbers('is_duplicate');
  const ids = readings.numbers('reading_id');

  it('S20: are the share asked for, in bursts', () => {
    const share =
      isCopy.reduce((sum, copy) => sum + copy, 0) /
      (isCopy.length - isCopy.reduce((sum, copy) => sum + copy, 0));
    expect(Math.abs(share - 0.05)).toBeLessThan(0.012);
    const copies = [...ids].filter((_, i) => isCopy[i] === 1);
    const neighbours = copies.filter((id, i) => id - (copies[i - 1] ?? 0) === 1).length;
    expect(neighbours / copies.length).toBeGreaterThan(0.5);
  });

  it('S20: have all that the first copy has, but come later and say so', () => {
    const names = ['reading_id', 'device_id', 'metric', 'ts', 'device_ts', 'value', 'anomaly_id', 'quality'];
    const columns = names.map((name) => readings.numbers(name));
    const arrivals = readings.numbers('ingest_ts');
    let wrong = 0;
    for (let i = 0; i < ids.length; i++) {
      if (isCopy[i] === 0) continue;
      const isSame = columns.every((values) => Object.is(values[i], values[i - 1]));
      const delay = (arrivals[i] as number) - (arrivals[i - 1] as number);
      if (!isSame || isCopy[i - 1] === 1 || delay <= 5e6) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('S20: are the only rows more than without them', () => {
    const plain = readColumns(once, 'readings', ...WINDOW);
    for (const name of ['reading_id', 'value', 'ts', 'device_ts', 'ingest_ts', 'anomaly_id', 'quality'])
      expect(
        countDifferences(
          plain.numbers(name),
          readings.numbers(name).filter((_, i) => isCopy[i] === 0),
        ),
      ).toBe(0);
  });

  it('need both columns of the primary key, and only then', () => {
    const keyOf = (fleet: typeof once, table: string) =>
      fleet.tables.find(({ name }) => name === table)?.primaryKey;
    expect(keyOf(once, 'readings')).toEqual(['reading_id']);
    expect(keyOf(twice, 'readings')).toEqual(['reading_id', 'is_duplicate']);
    expect(keyOf(twice, 'messages')).toEqual(['message_id', 'is_duplicate']);
    const keys = new Set(Array.from(ids, (id, i) => 2 * id + (isCopy[i] as number)));
    expect(keys.size).toBe(ids.length);
  });

  it('are in the table of messages as well', () => {
    const messages = readColumns(twice, 'messages', ...WINDOW);
    expect(messages.rowCount * 5).toBe(readings.rowCount);
    expect(shareWhere(messages.numbers('is_duplicate'), (copy) => copy === 1)).toBe(
      shareWhere(isCopy, (copy) => copy === 1),
    );
  });
});
