import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SMALL, temporaryFolder } from './terminal.ts';

const folder = temporaryFolder();
const bin = path.join(import.meta.dirname, '../src/bin.ts');
/** The command from source: no build is needed to test it. */
const NODE_FLAGS = ['--import', 'tsx', '--conditions=@datagen/source', bin];

function start(...words: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_FLAGS, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function end(child: ChildProcess) {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const exitCode = await new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  return { exitCode, ...text };
}

const LONG = [
  '--orders-per-day',
  '200000',
  '--file-rows-target',
  '1000',
  '--start-date',
  '2025-01-01',
  '--end-date',
  '2025-12-31',
];

describe('the process', () => {
  it('sets the exit code', async () => {
    const done = await end(start('generate', 'ecommerce', path.join(folder, 'done'), ...SMALL, '--json'));
    expect(done.exitCode).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ generator: 'ecommerce' });
    expect(await end(start('generate', 'ecomerce'))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'datagen: Unknown generator "ecomerce". Did you mean "ecommerce"? Known: ecommerce, market_ohlcv, market_quotes, sensors, weather.\n',
    });
  }, 30_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends tidily with 130 at %s, and the same command goes on',
    async (signal) => {
      const output = path.join(folder, signal);
      const child = start('generate', 'ecommerce', output, ...LONG);
      const ended = end(child);
      await until(() => filesIn(output).some((name) => name.startsWith('orders/')));
      child.kill(signal);
      const { exitCode, stdout, stderr } = await ended;
      expect(exitCode).toBe(130);
      expect(stdout).toBe('');
      expect(stderr).toMatch(
        /^(order\w+: .*\n)*datagen: Interrupted\. Finished files are kept; the same command continues: datagen generate ecommerce \S+ --start-date 2025-01-01 .*\n$/,
      );
      expect(filesIn(output).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    },
    60_000,
  );

  it('ends at once at the second interruption', async () => {
    const child = start('generate', 'ecommerce', path.join(folder, 'twice'), ...LONG);
    const ended = end(child);
    await until(() => filesIn(path.join(folder, 'twice')).length > 0);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(130);
    // There was no time to tidy up and say so.
    expect(stderr).not.toContain('Interrupted');
  }, 60_000);

  it('ends quietly when nobody reads on', async () => {
    const child = start(
      'preview',
      'ecommerce',
      '--rows',
      '20000',
      '--table',
      'customers',
      '--n-customers',
      '20000',
    );
    child.stdout?.once('data', () => child.stdout?.destroy());
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const exitCode = await new Promise((resolve) =>
      child.on('exit', (code, signal) => resolve(code ?? signal)),
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  }, 30_000);
});

function filesIn(output: string): string[] {
  try {
    return (readdirSync(output, { recursive: true }) as string[]).filter((name) =>
      /\.(parquet|tmp)$/.test(name),
    );
  } catch {
    return [];
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50));
}
