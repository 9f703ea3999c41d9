import { createHash } from 'node:crypto';
import { DatagenError, type DatasetIdentity, option, sentence, tableConflict } from '@datagen/core/writer';
import type { TableVersion } from './native-log.ts';

type Properties = Readonly<Record<string, string>>;

/** Which dataset made a table, as JSON, and how often it was overwritten: set at its creation and by overwrites alone. */
const DATASET = 'datagen.dataset';
const GENERATION = 'datagen.generation';

const CHECKPOINT_INTERVAL = 'delta.checkpointInterval';
const STATISTICS_COLUMNS = 'delta.dataSkippingNumIndexedCols';
/** Without a file's statistics of its own this many columns have them (protocol, "Per-file Statistics"). */
const DEFAULT_STATISTICS_COLUMNS = 32;

/** Application transactions older than this are forgotten, and coverage is said in them. */
const FORGETS_COVERAGE = 'delta.setTransactionRetentionDuration';

/** Properties of the protocol that reader version 1 and writer version 2 heed, or that only say how engines behave. */
const KNOWN = new Set([
  'delta.appendOnly',
  'delta.autoOptimize.autoCompact',
  'delta.autoOptimize.optimizeWrite',
  'delta.checkpoint.writeStatsAsJson',
  'delta.checkpoint.writeStatsAsStruct',
  CHECKPOINT_INTERVAL,
  STATISTICS_COLUMNS,
  'delta.deletedFileRetentionDuration',
  'delta.enableExpiredLogCleanup',
  'delta.isolationLevel',
  'delta.logRetentionDuration',
  'delta.targetFileSize',
  'delta.tuneFileSizesForRewrites',
]);

/** The properties that a user asks for, as `name=value`. Throws `INVALID_OPTION` for one that cannot be kept. */
export function parseProperties(texts: readonly string[]): Properties {
  const properties: Record<string, string> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (name === FORGETS_COVERAGE) throw invalid(name, 'it would make the table forget which days it holds');
    if (name.startsWith('datagen.')) throw invalid(name, 'datagen sets it itself');
    if (name.startsWith('delta.') && !KNOWN.has(name)) {
      throw invalid(
        name,
        `it needs a protocol beyond reader version 1 and writer version 2, or is unknown; known are ${[...KNOWN].join(', ')}`,
      );
    }
    properties[name] = text.slice(at + 1);
  }
  return properties;
}

function invalid(name: string, reason: string): DatagenError {
  return new DatagenError(
    'INVALID_OPTION',
    sentence`Cannot set ${option('tableProperties')} "${name}": ${reason}.`,
    { details: { option: 'tableProperties', name } },
  );
}

/** Refuses a table whose properties or protocol do not go with what a run commits. */
export function refuseTable(place: string, { configuration, unsupportedFeatures }: TableVersion): void {
  if (unsupportedFeatures.length > 0) {
    throw tableConflict(
      `Cannot write to the Delta table ${place}: it needs ${unsupportedFeatures.join(', ')}, which this writer has not. Choose another output, or drop the feature from the table.`,
      { place, unsupportedFeatures },
    );
  }
  if (configuration[FORGETS_COVERAGE] !== undefined) {
    throw tableConflict(
      `Cannot write to the Delta table ${place}: its property ${FORGETS_COVERAGE} makes it forget which days it holds. Unset it, or choose another output.`,
      { place, property: FORGETS_COVERAGE },
    );
  }
}

/** The properties of a table that a dataset makes or replaces; what it has already stays where nothing else is asked. */
export function propertiesOf(
  present: Properties,
  asked: Properties,
  checkpointInterval: number,
  dataset: DatasetIdentity,
): Properties {
  return {
    [CHECKPOINT_INTERVAL]: String(checkpointInterval),
    ...present,
    ...asked,
    [DATASET]: JSON.stringify(dataset),
  };
}

/** The same properties at another generation. */
export function atGeneration(properties: Properties, generation: number): Properties {
  return { ...properties, [GENERATION]: String(generation) };
}

/** The dataset that made a table; undefined where datagen did not. */
export function datasetOf({ configuration }: TableVersion): DatasetIdentity | undefined {
  const json = configuration[DATASET];
  return json === undefined ? undefined : (JSON.parse(json) as DatasetIdentity);
}

/**
 * How often a table was overwritten. One without the property was made by another engine, or replaced by one: it gets a
 * number of its own, so that coverage from before a replacement does not count.
 */
export function generationOf({ configuration, id }: TableVersion): number {
  const text = configuration[GENERATION];
  if (text !== undefined) return Number(text);
  return createHash('sha256').update(id).digest().readUIntBE(0, 5);
}

/** Whether a table gets a checkpoint at a version: as Spark, every so many commits after the first. */
export function isCheckpointDue(version: number, properties: Properties, asked: number): boolean {
  const interval = Number(properties[CHECKPOINT_INTERVAL] ?? asked);
  return version > 0 && interval > 0 && version % interval === 0;
}

/** How many columns have statistics, counted from the first; -1 is all. */
export function statisticsColumnsOf(properties: Properties): number {
  const count = Number(properties[STATISTICS_COLUMNS] ?? DEFAULT_STATISTICS_COLUMNS);
  return count < 0 ? Infinity : count;
}

/** Whether files of a table may not be removed. */
export function isAppendOnly(properties: Properties): boolean {
  return properties['delta.appendOnly']?.toLowerCase() === 'true';
}
