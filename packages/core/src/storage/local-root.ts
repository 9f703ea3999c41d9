import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatagenError } from '../support/errors.ts';
import { codeOf } from './local-folder.ts';
import { schemeOf } from './scheme.ts';

/** The folder that a path or `file:` URI names, as an absolute path; what would land elsewhere than it says is refused. */
export function rootOf(uri: string): string {
  const scheme = schemeOf(uri);
  if (scheme === 'file') return folderOfUrl(uri);
  if (scheme !== undefined) throw invalidOutput(uri, 'a local path or file:///absolute/path');
  if (uri.trim() === '' || uri === '-') throw invalidOutput(uri, 'a folder');
  const expanded = uri === '~' || uri.startsWith('~/') ? path.join(os.homedir(), uri.slice(1)) : uri;
  try {
    return path.resolve(expanded);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    throw new DatagenError(
      'STORAGE_FAILED',
      'The folder that this command was started in does not exist any more. Change to another one.',
      { cause },
    );
  }
}

function folderOfUrl(uri: string): string {
  if (!/^file:\/\/(localhost)?\//i.test(uri)) throw invalidOutput(uri, 'file:///absolute/path');
  // What follows them is no part of a URL's path.
  if (/[?#]/.test(uri)) throw invalidOutput(uri, 'file:///absolute/path with %3F for ? and %23 for #');
  try {
    return fileURLToPath(uri.replace(/^file:\/\/localhost\//i, 'file:///'));
  } catch (cause) {
    throw invalidOutput(uri, 'file:///absolute/path with %25 for % and no %2F', cause);
  }
}

function invalidOutput(uri: string, expected: string, cause?: unknown): DatagenError {
  return new DatagenError('INVALID_OPTION', `Expected the output to be ${expected}, got "${uri}".`, {
    details: { option: 'output' },
    cause,
  });
}
