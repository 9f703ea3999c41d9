import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PartitionSpec, type TableWriter, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { ducklake } from '@datagen/ducklake';
import { iceberg } from '@datagen/iceberg';
import { parquet } from '@datagen/parquet';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { lookJson, runLook, tableIn } from './looked.ts';

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });

async function write(writer: TableWriter, startDate: string, endDate: string, mode?: 'overwrite') {
  const partitionSpec = new PartitionSpec({ startDate, endDate });
  await writeDataset(generator, writer, { partitionSpec, maxWorkers: 1, ...(mode && { mode }) });
  await writer.close?.();
}

/** What a command that is refused says. */
function refusal(words: readonly string[]): { readonly status: number; readonly stderr: string } {
  try {
    runLook(words);
  } catch (thrown) {
    return thrown as { status: number; stderr: string };
  }
  throw new Error('Expected the command to be refused.');
}

describe.each([
  ['delta', delta],
  ['iceberg', iceberg],
  ['ducklake', ducklake],
] as const)('versions of tables of %s', (format, writerOf) => {
  it('are looked at one by one, the newest if none is asked for', async () => {
    const place = await createPlace();
    await write(writerOf(place), '2026-01-05', '2026-01-06');
    const first = tableIn(lookJson([place]), 'events');
    await write(writerOf(place), '2026-01-05', '2026-01-08');
    const second = tableIn(lookJson([place]), 'events');
    await write(writerOf(place), '2026-01-20', '2026-01-20', 'overwrite');
    const third = tableIn(lookJson([place]), 'events');
    expect([first, second, third].map(({ rowCount }) => rowCount)).toEqual([60, 120, 30]);
    for (const expected of [first, second, third]) {
      const version = expected.version ?? '';
      const found = lookJson([place, '--tables', 'events', '--version', version]);
      const { rowCount, columns } = tableIn(found, 'events');
      expect(rowCount).toBe(expected.rowCount);
      expect(columns.map(({ min, max }) => [min, max])).toEqual(
        expected.columns.map(({ min, max }) => [min, max]),
      );
    }
    expect(refusal([place, '--tables', 'events', '--version', '77'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        format === 'delta'
          ? /^datagen: Expected a version of `events` from 0 to 2, got "77"\.\n$/
          : /Unknown snapshot.* "77"/,
      ) as unknown,
    });
  }, 120_000);
});

describe('what cannot be read rightly', () => {
  it('is a Delta table whose readers have to know of deletion vectors', async () => {
    const place = await createPlace();
    await write(delta(place), '2026-01-05', '2026-01-06');
    const log = path.join(place, 'events', '_delta_log', '00000000000000000000.json');
    const text = await readFile(log, 'utf8');
    const raised = text.replace(/\{"protocol":\{[^}]*\}\}/, () =>
      JSON.stringify({
        protocol: {
          minReaderVersion: 3,
          minWriterVersion: 7,
          readerFeatures: ['deletionVectors'],
          writerFeatures: ['deletionVectors'],
        },
      }),
    );
    expect(raised).not.toBe(text);
    await writeFile(log, raised);
    const { status, stderr } = refusal([place, '--tables', 'events']);
    expect(stderr).toMatch(
      /^datagen: Cannot look at the Delta table .*events: it is for readers of version 3/,
    );
    expect(status).toBe(1);
  }, 60_000);

  it('is a version of plain files, a table that is not there, and a folder that is a table itself', async () => {
    const place = await createPlace();
    await write(parquet(place), '2026-01-05', '2026-01-06');
    expect(refusal([place, '--version', '1']).stderr).toMatch(/they keep no versions/);
    expect(refusal([place, '--tables', 'event'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^datagen: Unknown table "event"\. Did you mean "events"\?/) as unknown,
    });
    expect(refusal([path.join(place, 'events')])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/It is a table itself \(parquet\)/) as unknown,
    });
    expect(refusal([path.join(place, 'nothing')]).stderr).toMatch(/found nothing there/);
    await write(delta(path.join(place, 'both')), '2026-01-05', '2026-01-06');
    await write(iceberg(path.join(place, 'both')), '2026-01-05', '2026-01-06');
    expect(refusal([path.join(place, 'both')]).stderr).toMatch(
      /holds tables of delta and iceberg: choose one/,
    );
    expect(lookJson([path.join(place, 'both'), '--format', 'iceberg']).tables).toHaveLength(2);
  }, 120_000);
});
