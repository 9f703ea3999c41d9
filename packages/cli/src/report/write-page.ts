import fs from 'node:fs/promises';
import path from 'node:path';
import { DatagenError, reasonOf } from '@datagen/core';
import type { Io } from '../terminal/io.ts';

/** Puts a page into a file, whole or not at all, replacing what was there; gives its size. */
export async function writePage(file: string, page: string, { cwd = '' }: Io): Promise<number> {
  const target = path.resolve(cwd, file);
  const temporary = `${target}.${String(process.pid)}.tmp`;
  try {
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(temporary, page);
    await fs.rename(temporary, target);
  } catch (cause) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw new DatagenError('STORAGE_FAILED', `Cannot write the page ${file}: ${reasonOf(cause)}.`, { cause });
  }
  return Buffer.byteLength(page);
}
