// Whole runs of the command line, as a user sees them: from the shell's start to its end, files synced to disk.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../ensure.mjs';

const bin = path.join(root, 'packages/cli/bin/datagen.js');
const usage = path.join(root, 'tools/bench/report-usage.mjs');

/**
 * Runs `datagen generate` into an empty folder: rows, bytes, wall and processor milliseconds, peak bytes. `config` is
 * what a datagen.yaml holds. `look(folder)` sees the output before it is removed.
 */
async function measureOnce(config, look) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-'));
  try {
    const usageFile = path.join(folder, 'usage.json');
    const configFile = path.join(folder, 'datagen.yaml');
    const output = path.join(folder, 'out');
    // JSON is YAML.
    fs.writeFileSync(configFile, JSON.stringify({ ...config, output }));
    const command = ['--import', usage, bin, 'generate', '--config', configFile, '--json'];
    const started = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, DATAGEN_USAGE_FILE: usageFile },
      maxBuffer: 2 ** 28,
    });
    const wallMs = performance.now() - started;
    const { tables } = JSON.parse(stdout);
    const { cpuMs, peakBytes } = JSON.parse(fs.readFileSync(usageFile, 'utf8'));
    const sum = (key) => tables.reduce((total, table) => total + table[key], 0);
    const seen = await look?.(output);
    return { rows: sum('rowCount'), bytes: sum('byteSize'), wallMs, cpuMs, peakBytes, seen };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** What `datagen plan` says of a configuration. */
export async function planCommand(config) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'datagen-bench-'));
  try {
    const configFile = path.join(folder, 'datagen.yaml');
    fs.writeFileSync(configFile, JSON.stringify(config));
    const { stdout } = await promisify(execFile)(process.execPath, [
      bin,
      'plan',
      '--config',
      configFile,
      '--json',
    ]);
    return JSON.parse(stdout);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The run with the median wall time of several. */
export async function measureCommand(config, runs = 1, look = undefined) {
  const measured = [];
  for (let i = 0; i < runs; i++) measured.push(await measureOnce(config, look));
  measured.sort((a, b) => a.wallMs - b.wallMs);
  return measured[measured.length >> 1];
}
