import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startedAs } from '../../src/process/started-as.ts';

describe('how the command was started', () => {
  it.each([
    ['/usr/local/bin/datagen', {}, 'datagen'],
    ['/home/me/p/node_modules/.bin/datagen', {}, 'datagen'],
    ['C:\\npm\\node_modules\\@datagen\\cli\\bin\\datagen.js', {}, 'datagen'],
    [
      '/home/me/p/node_modules/.bin/datagen',
      { npm_command: 'exec', npm_lifecycle_event: 'npx' },
      'npx datagen',
    ],
    ['/home/me/p/node_modules/.bin/datagen', { npm_lifecycle_event: 'gen' }, 'npx datagen'],
    ['/home/me/.npm/_npx/1a2b/node_modules/.bin/datagen', { npm_command: 'exec' }, 'npx @datagen/cli'],
    ['/elsewhere/cli/bin/datagen.js', {}, 'node /elsewhere/cli/bin/datagen.js'],
    [path.resolve('bin/datagen.js'), {}, `node ${path.join('bin', 'datagen.js')}`],
  ])('is read from %s and %j', (script, env, expected) => {
    expect(startedAs(script, env)).toBe(expected);
  });
});
