import { describe, expect, it } from '@jest/globals';
import { PartitionSpec, planTable } from '@datagen/core';
import { sensors } from '../src/index.ts';

const generator = sensors({ nDevices: 1, samplingSeconds: 1, metrics: ['battery'] });
const readings = generator.tables.find(({ name }) => name === 'readings');
const plan = (day: string) =>
  planTable(generator, readings as never, new PartitionSpec({ startDate: day, endDate: day }), {
    fileRowsTarget: 1,
  });

describe('ids of readings', () => {
  it('are exact up to the last day that may be asked for, and refused from the day after', async () => {
    const message = await plan('2250-12-31').then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
    const last = /on or before (\d{4}-\d{2}-\d{2}), up to which ids/.exec(message)?.[1] ?? '';
    expect(last).toMatch(/^22\d\d-/);
    const { files } = await plan(last);
    expect(files).toHaveLength(1);
    const next = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
    await expect(plan(next)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      details: { option: 'endDate' },
    });
    const [block] = generator.blocks(readings as never, {
      startMs: Date.parse(last),
      endMs: Date.parse(next),
    });
    const ids = [...generator.generate(readings as never, block as never)].flatMap((batch) =>
      Array.from(batch.getChild('reading_id')?.data[0]?.values as BigInt64Array),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id < BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
  }, 60_000);
});
