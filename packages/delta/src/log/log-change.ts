import type { DatasetIdentity, TableChange } from '@datagen/core/writer';
import { partitionValuesOf } from '../partition-values.ts';
import { schemaOf } from '../schema.ts';
import { statisticsOf } from '../statistics.ts';
import { commitInfoOf } from './commit-info.ts';
import { transactionsFor } from './coverage.ts';
import type { AddedFile, LiveFile, LogChange, TableMetadata, TableVersion } from './native-log.ts';
import { atGeneration, datasetOf, propertiesOf, statisticsColumnsOf } from './properties.ts';

export interface LogChangeOptions {
  /** The table as it was read; absent where the commit makes it. */
  readonly found: TableVersion | undefined;
  /** Live files that the commit removes. */
  readonly replaced: readonly LiveFile[];
  /** Properties for a table that is made or replaced. */
  readonly properties: Readonly<Record<string, string>>;
  readonly checkpointInterval: number;
  /** The table's folder in the storage. */
  readonly folder: string;
}

/** What a change of a table is to its log. */
export function logChangeOf(change: TableChange, options: LogChangeOptions): LogChange {
  const { table, files, generation, coverage } = change;
  const { found, replaced, folder } = options;
  const metadata = metadataOf(change, options);
  const columnCount = statisticsColumnsOf(metadata?.configuration ?? found?.configuration ?? {});
  const modifiedMs = Date.now();
  return {
    ...(found && { base: found.version }),
    ...(metadata && { metadata }),
    adds: files.map((file): AddedFile => {
      const { path, byteSize, rowCount, partition, columns = {} } = file;
      return {
        path: path.slice(folder.length + 1),
        byteSize,
        modifiedMs,
        partitionValues: partitionValuesOf(partition),
        stats: statisticsOf(table, rowCount, columns, columnCount),
      };
    }),
    removes: replaced.map(({ path }) => path),
    transactions: transactionsFor(
      coverage,
      addedDatasets(change, found),
      generation,
      found?.transactions ?? {},
    ),
    commitInfo: commitInfoOf(change, replaced.length),
  };
}

/** What the table is from the change on; undefined where that stays, so that no other writer is disturbed. */
function metadataOf(
  { table, dataset, generation, replaces, spec }: TableChange,
  { found, properties, checkpointInterval }: LogChangeOptions,
): TableMetadata | undefined {
  if (found !== undefined && replaces === 'nothing') return undefined;
  if (found !== undefined && replaces === 'window')
    return {
      ...found,
      createdTime: found.createdTime ?? Date.now(),
      configuration: atGeneration(found.configuration, generation),
    };
  const partitionColumns = spec.componentsFor(table);
  const configuration = propertiesOf(found?.configuration ?? {}, properties, checkpointInterval, dataset);
  return {
    ...(found && { id: found.id }),
    name: found?.name ?? table.name,
    description: table.description,
    schema: schemaOf(table, partitionColumns),
    partitionColumns,
    configuration: atGeneration(configuration, generation),
    createdTime: found?.createdTime ?? Date.now(),
  };
}

/** Datasets that are in a table and did not make it; its properties name the one that did. */
function addedDatasets(
  { dataset, datasets, replaces }: TableChange,
  found: TableVersion | undefined,
): readonly DatasetIdentity[] {
  const maker = found === undefined || replaces === 'everything' ? dataset : datasetOf(found);
  return datasets.filter(({ digest }) => digest !== maker?.digest);
}
