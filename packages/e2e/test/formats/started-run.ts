import { execFileSync, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** What a run says of its tables with `--json`. */
export interface RunReport {
  readonly tables: readonly { readonly rowCount: number; readonly adoptedRowCount: number }[];
}

/** Runs a command, which has `--json`, to its end. */
export function runToEnd(command: readonly string[]): RunReport {
  const printed = execFileSync(process.execPath, command, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(printed) as RunReport;
}

/** Starts a command and waits until its first file lies there; `ended` is the signal that it ended by. */
export async function startRun(command: readonly string[], lyingFiles: () => readonly string[]) {
  const child = spawn(process.execPath, command, { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_, signal) => {
      resolve(signal);
    }),
  );
  while (child.exitCode === null && lyingFiles().length === 0) await setTimeout(5);
  return { child, ended };
}
