import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const bin = path.join(import.meta.dirname, 'from-source.ts');
/** The command from source: no build is needed to test it. */
const NODE_FLAGS = ['--import', import.meta.resolve('tsx'), '--conditions=@datagen/source', bin];

/** As in a shell: started by npm, the command would call itself otherwise. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));

function start(...words: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_FLAGS, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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

/** Whether a process has a file open, from what the kernel tells. */
function isOpenIn({ pid }: ChildProcess, file: string): boolean {
  const folder = `/proc/${String(pid)}/fd`;
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(path.join(folder, fd)) === file;
    } catch {
      // Closed since it was listed.
      return false;
    }
  });
}

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
        /^((?!datagen)\w+: .*\n)*datagen: Interrupted\. Finished files are kept; the same command continues: datagen generate ecommerce \S+ --start-date 2025-01-01 .*\n$/,
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

  it('takes an interruption that npm repeats for one', async () => {
    const output = path.join(folder, 'echo');
    const child = start('generate', 'ecommerce', output, ...LONG);
    const ended = end(child);
    await until(() => filesIn(output).some((name) => name.startsWith('orders/')));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect([exitCode, stderr]).toEqual([
      130,
      expect.stringContaining('Interrupted. Finished files are kept;'),
    ]);
  }, 60_000);

  describe('with a plug-in that never comes to an end', () => {
    const endless = path.join(import.meta.dirname, '../fixtures/endless.mjs');
    const running = async (...words: string[]) => {
      const child = start(...words, '--plugin', endless);
      let seen = '';
      child.stderr?.on('data', (chunk: Buffer) => (seen += chunk.toString()));
      const ended = end(child);
      await until(() => seen.includes('endless'));
      return { child, ended };
    };

    it('ends after a time of grace', async () => {
      const { child, ended } = await running('generate', 'endless', path.join(folder, 'endless'));
      child.kill('SIGINT');
      const { exitCode, stderr } = await ended;
      expect(exitCode).toBe(130);
      expect(stderr).toContain(
        'datagen: Interrupted. What was under way did not end within 5 s and was given up',
      );
    }, 60_000);

    it.each([
      ['generate', 'block'],
      ['plan', 'blocks'],
    ])(
      'ends %s at the second interruption, in its %s',
      async (command, where) => {
        const { child, ended } = await running(
          command,
          'endless',
          path.join(folder, 'endless'),
          '--where',
          where,
        );
        child.kill('SIGTERM');
        await new Promise((resolve) => setTimeout(resolve, 50));
        child.kill('SIGINT');
        expect((await ended).exitCode).toBe(130);
      },
      60_000,
    );
  });

  it('runs plug-ins of a module on threads, and keeps its terminal', async () => {
    const plugin = path.join(import.meta.dirname, '../fixtures/tally.mjs');
    const words = ['generate', 'tally', path.join(folder, 'tally'), '--plugin', plugin, '--count', '600000'];
    const { exitCode, stdout, stderr } = await end(start(...words, '--file-rows-target', '70000', '--json'));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ tables: [{ table: 'tallies', rowCount: 600_000 }] });
  }, 60_000);

  it('ends quietly when the reader of a stream has seen enough', async () => {
    const child = start('generate', 'ecommerce', '-', '--tables', 'orders', '--format', 'csv', ...LONG);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const ended = await end(child);
    expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
  }, 60_000);

  it('ends with 130 at SIGINT while nobody reads its stream', async () => {
    const words = ['generate', 'ecommerce', '-', '--tables', 'orders', '--format', 'jsonl', ...LONG];
    const child = start(...words);
    const code = new Promise((resolve) => {
      child.on('exit', resolve);
    });
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await new Promise((resolve) => child.stdout?.once('readable', resolve));
    // Nothing is taken out of the pipe, which is full soon.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill('SIGINT');
    expect(await code).toBe(130);
    expect(told).toMatch(/^datagen: Interrupted: rows are missing at the end\./);
  }, 60_000);

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux.each(['SIGINT', 'SIGTERM'] as const)(
    'waits for a configuration in a pipe, and hears %s meanwhile',
    async (signal) => {
      const pipe = path.join(folder, `pipe-${signal}`);
      execFileSync('mkfifo', [pipe]);
      const waiting = start('plan', '--config', pipe);
      const ended = end(waiting);
      await until(() => isOpenIn(waiting, pipe));
      waiting.kill(signal);
      expect(await ended).toEqual({ exitCode: 130, stdout: '', stderr: 'datagen: Interrupted.\n' });
      const reading = end(start('plan', '--config', pipe, '--tables', 'products'));
      execFileSync('sh', ['-c', `echo 'generator: ecommerce' > ${pipe}`]);
      expect(await reading).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('5,000 rows') });
    },
    60_000,
  );

  onLinux(
    'says in one sentence that the standard output is full',
    async () => {
      for (const words of [
        ['list'],
        ['list', '--plugin', path.join(import.meta.dirname, '../fixtures/tally.mjs')],
      ]) {
        const child = spawn(process.execPath, [...NODE_FLAGS, ...words], {
          stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
        });
        expect(await end(child)).toEqual({
          exitCode: 1,
          stdout: '',
          stderr: 'datagen: Cannot write to the standard output: the disk is full.\n',
        });
      }
    },
    60_000,
  );

  onLinux(
    'says in one sentence that the working folder was removed',
    async () => {
      const gone = path.join(folder, 'gone');
      // tsx does not start in such a folder.
      const leave = `import fs from 'node:fs'; process.chdir(${JSON.stringify(gone)}); fs.rmdirSync(${JSON.stringify(gone)});`;
      const preload = `data:text/javascript,${encodeURIComponent(leave)}`;
      for (const words of [
        'plan ecommerce ./x',
        'generate ecommerce /tmp/x',
        'plan --config x',
        'list --plugin ./x',
      ]) {
        mkdirSync(gone);
        const flags = [...NODE_FLAGS.slice(0, -1), '--import', preload, bin];
        const child = spawn(process.execPath, [...flags, ...words.split(' ')], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        expect(await end(child)).toEqual({
          exitCode: 2,
          stdout: '',
          stderr:
            'datagen: The working folder no longer exists. Go to another folder and run the same command there.\n',
        });
      }
    },
    60_000,
  );

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
