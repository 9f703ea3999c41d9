// Whole runs of the command line, as a user sees them: from the shell's start to its end, files synced to disk.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../ensure.mjs';

const bin = path.join(root, 'packages/cli/bin/datagen.js');
const usage = path.join(root, 'tools/bench/report-usage.mjs');

/** Runs `datagen generate` into an empty folder: rows, wall milliseconds, processor milliseconds, peak bytes. */
function measureOnce(args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-'));
  const usageFile = path.join(folder, 'usage.json');
  const [generator, ...options] = args;
  const command = [
    '--import',
    usage,
    bin,
    'generate',
    generator,
    path.join(folder, 'out'),
    ...options,
    '--json',
  ];
  const started = performance.now();
  const run = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: { ...process.env, DATAGEN_USAGE_FILE: usageFile },
    maxBuffer: 2 ** 28,
  });
  const wallMs = performance.now() - started;
  if (run.status !== 0) throw new Error(`datagen ${args.join(' ')} failed: ${run.stderr}`);
  const { tables } = JSON.parse(run.stdout);
  const { cpuMs, peakBytes } = JSON.parse(fs.readFileSync(usageFile, 'utf8'));
  fs.rmSync(folder, { recursive: true });
  const sum = (key) => tables.reduce((total, table) => total + table[key], 0);
  return { rows: sum('rowCount'), bytes: sum('byteSize'), wallMs, cpuMs, peakBytes };
}

/** The run with the median wall time of several. */
export function measureCommand(args, runs) {
  const measured = Array.from({ length: runs }, () => measureOnce(args)).sort((a, b) => a.wallMs - b.wallMs);
  return measured[measured.length >> 1];
}
