import { constants, openSync } from 'node:fs';
import fs from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { DatagenError, reasonOf } from '@datagen/core';
import type { Io } from '../terminal/io.ts';
import { NO_FOLDER } from '../terminal/working-folder.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EISDIR: 'it is a folder; give the file in it',
  EACCES: 'its permissions do not let you',
  EPERM: 'its permissions do not let you',
  ENOTDIR: 'a file is in the place of a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
};

/** The text of the file that `--config` names; `-` is the standard input. */
export async function readInput(name: string, io: Io): Promise<string> {
  try {
    if (name === '-') return await textOf(io.stdin());
    const file = path.resolve(io.cwd ?? '', name);
    const stat = await fs.stat(file);
    if (stat.isFIFO()) return await readPipe(file, io.signal);
    return await fs.readFile(file, 'utf8');
  } catch (cause) {
    const { code = '', syscall } = cause as NodeJS.ErrnoException;
    if (syscall === 'uv_cwd') throw new DatagenError('INVALID_OPTION', NO_FOLDER, { cause });
    const reason = REASONS[code] ?? reasonOf(cause);
    const shown = name === '-' ? 'the standard input' : name;
    throw new DatagenError('INVALID_OPTION', `Cannot read ${shown}: ${reason}.`, { cause });
  }
}

/**
 * Reads a pipe by polling it: a read, or even the opening, that waits for a writer would hold the process at its end,
 * whatever the user says.
 */
async function readPipe(file: string, signal: AbortSignal): Promise<string> {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false, signal });
  try {
    return await textOf(socket);
  } finally {
    socket.destroy();
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array | string>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(parts).toString('utf8');
}
