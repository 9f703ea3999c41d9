import { Readable, Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { run } from '../../src/index.ts';
import { datagen } from '../terminal.ts';

/** Runs a command whose standard output fails with a code. */
async function withFailure(code: string, ...words: string[]) {
  const texts: string[] = [];
  const stdout = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })),
  });
  const stderr = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      texts.push(chunk.toString());
      done();
    },
  });
  const exitCode = await run(words, { stdin: Readable.from([]), stdout, stderr, env: {} });
  return { exitCode, stderr: texts.join('') };
}

describe('a standard output', () => {
  it.each([
    [['list']],
    [['--help']],
    [['preview', 'weather']],
    [['completion', 'bash']],
    [['plan', 'weather', '--json']],
  ])('that is full is one sentence: %j', async (words) => {
    expect(await withFailure('ENOSPC', ...words)).toEqual({
      exitCode: 1,
      stderr: 'datagen: Cannot write to the standard output: the disk is full.\n',
    });
  });

  it.each([[['list']], [['--help']], [['preview', 'weather', '--rows', '5000']]])(
    'that nobody reads ends the command quietly: %j',
    async (words) => {
      expect(await withFailure('EPIPE', ...words)).toEqual({ exitCode: 0, stderr: '' });
    },
  );

  it('that is full does not hide an error of the command', async () => {
    expect((await withFailure('ENOSPC', 'generate')).exitCode).toBe(2);
  });

  it('is left as it was found', async () => {
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
    const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
    await run(['list'], { stdin: Readable.from([]), stdout, stderr, env: {} });
    expect([stdout.listenerCount('error'), stderr.listenerCount('error')]).toEqual([0, 0]);
    expect(stdout.writableEnded).toBe(false);
  });

  it('is waited for by a command that runs in another program', async () => {
    const { exitCode, stdout } = await datagen(['list', '--json']);
    expect(exitCode).toBe(0);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});
