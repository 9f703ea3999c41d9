import {
  coverageText,
  type DatasetIdentity,
  type DayCoverage,
  parseCoverage,
  type TableChange,
} from '@datagen/core/writer';

/**
 * What datagen says of a table, in tags of the table, which are versioned as its files are: an old snapshot has the
 * coverage of that time. `DROP TABLE` ends them, and no other statement of DuckDB touches them.
 */
export const TAG_PREFIX = 'datagen.';
const COVERAGE = 'datagen.coverage';
const DATASETS = 'datagen.datasets';
const GENERATION = 'datagen.generation';
const INCARNATION = 'datagen.incarnation';

export interface TableTags {
  readonly coverage: DayCoverage;
  readonly datasets: readonly DatasetIdentity[];
  readonly generation: number;
  /** Absent where datagen did not make the table. */
  readonly incarnation?: string;
}

export function parseTags(tags: ReadonlyMap<string, string>): TableTags {
  const incarnation = tags.get(INCARNATION);
  return {
    coverage: parseCoverage(tags.get(COVERAGE) ?? '{}'),
    datasets: JSON.parse(tags.get(DATASETS) ?? '[]') as DatasetIdentity[],
    generation: Number(tags.get(GENERATION) ?? 0),
    ...(incarnation !== undefined && { incarnation }),
  };
}

/** The tags of a table from a change on. */
export function tagsOf({ base, coverage, datasets, generation }: TableChange): ReadonlyMap<string, string> {
  return new Map([
    [COVERAGE, coverageText(coverage)],
    [DATASETS, JSON.stringify(datasets)],
    [GENERATION, String(generation)],
    [INCARNATION, base.incarnation],
  ]);
}
