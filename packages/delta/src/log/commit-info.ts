import {
  engineName,
  parseRunRecord,
  runName,
  type RunRecord,
  runRecordText,
  type TableChange,
} from '@datagen/core/writer';

const ENGINE = engineName(new URL('../../package.json', import.meta.url));

/**
 * The `commitInfo` of a change as JSON (protocol, "Commit Provenance Information"). Parameters and metrics are text, as
 * Spark wants them; `userMetadata`, which `DESCRIBE HISTORY` shows, is the record of the run.
 */
export function commitInfoOf(change: TableChange, removedFileCount: number): string {
  const { table, base, files, replaces, spec } = change;
  const [rows, bytes] = files.reduce(([r, b], file) => [r + file.rowCount, b + file.byteSize], [0, 0]);
  return JSON.stringify({
    timestamp: Date.now(),
    operation: base.exists ? 'WRITE' : 'CREATE TABLE AS SELECT',
    operationParameters: {
      mode: replaces === 'nothing' ? 'Append' : 'Overwrite',
      partitionBy: JSON.stringify(spec.componentsFor(table)),
    },
    ...(base.exists && { readVersion: Number(base.version) }),
    // Coverage lies in transactions, so no file was read to decide what to add.
    isBlindAppend: replaces === 'nothing',
    engineInfo: ENGINE,
    operationMetrics: {
      numFiles: String(files.length),
      numOutputRows: String(rows),
      numOutputBytes: String(bytes),
      ...(replaces !== 'nothing' && { numRemovedFiles: String(removedFileCount) }),
    },
    userMetadata: runRecordText(change),
  });
}

type CommitInfo = Readonly<Record<string, unknown>>;

export function isOfRun(info: CommitInfo, runId: string): boolean {
  return runOf(info)?.run === runId;
}

/** Who committed, for a message. */
export function nameOf(info: CommitInfo): string {
  const run = runOf(info);
  if (run !== undefined) return runName(run);
  const { operation, engineInfo, clientVersion } = info;
  const engine = engineInfo ?? clientVersion;
  return `${textOr(operation, 'a commit')}${typeof engine === 'string' ? ` of ${engine}` : ''}`;
}

function textOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function runOf({ engineInfo, userMetadata }: CommitInfo): RunRecord | undefined {
  return parseRunRecord(engineInfo, userMetadata);
}
