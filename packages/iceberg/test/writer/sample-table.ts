import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { PartitionSpec, type TableDefinition } from '@datagen/core';
import { isDatagenError, LocalStorage } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { expect } from '@jest/globals';
import type { Catalog } from '../../src/catalog/index.ts';
import { openCatalog } from '../../src/catalog/open.ts';
import { IcebergConfig } from '../../src/index.ts';
import type { TableMetadata, TableUpdate } from '../../src/metadata/index.ts';
import { metadataOf } from './read-table.ts';

export const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 });
export const other = sampleGenerator({ nSites: 20, eventsPerDay: 10, fileRowsTarget: 50, seed: 7 });
export const events = generator.tables[1] as TableDefinition;
export const days = (startDate: string, endDate = startDate, partitionBy: readonly string[] = []) =>
  new PartitionSpec({ startDate, endDate, partitionBy });
export const first = days('2026-01-05', '2026-01-06', ['day']);

export async function failureOf(
  run: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string }> {
  const thrown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isDatagenError(thrown)) throw new Error(`expected a failure of datagen, got ${String(thrown)}`);
  return { code: thrown.code, message: thrown.message };
}

export async function loaded(place: string): Promise<TableMetadata> {
  const metadata = await metadataOf(place, 'events');
  if (metadata === undefined) throw new Error('there is no table');
  return metadata;
}

/** Changes a table as another engine would, through its catalog. */
export async function change(place: string, updates: (metadata: TableMetadata) => readonly TableUpdate[]) {
  const catalog = catalogOf(place);
  const identifier = { namespace: ['default'], name: 'events' };
  const base = await catalog.loadTable(identifier);
  if (base === undefined) throw new Error('there is no table');
  const [outcome] = await catalog.commit([
    { identifier, base, requirements: [], updates: updates(base.metadata), commitId: '' },
  ]);
  await catalog.close();
  expect(outcome).toHaveProperty('table');
}

function catalogOf(place: string): Catalog {
  return openCatalog(new LocalStorage(place), IcebergConfig.parse({}));
}

export const filesIn = async (place: string, folder: string) =>
  (await readdir(path.join(place, 'default/events', folder))).sort();
