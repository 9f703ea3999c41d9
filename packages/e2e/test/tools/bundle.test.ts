import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const tool = fileURLToPath(new URL('../../../../tools/build/bundle.mjs', import.meta.url));

/** A package in which modules are found by their place: from two entry points, by a thread, and beside a file of data. */
const PACKAGE = {
  'package.json': JSON.stringify({
    name: 'sample',
    type: 'module',
    bin: { sample: 'bin/sample.js' },
    exports: {
      '.': { '@datagen/source': './src/index.ts', default: './dist/index.js' },
      './other': { '@datagen/source': './src/other.ts', default: './dist/other.js' },
      './library': { '@datagen/source': './src/library.ts', default: './dist/library.js' },
      './package.json': './package.json',
    },
  }),
  'bin/sample.js': "const { main } = await import('../dist/process/main.js');\nmain();\n",
  'data/words.json': '["one"]',
  'src/index.ts':
    "export { made } from './deep/made.ts';\nexport { readWords } from './words.ts';\nexport { start } from './start.ts';\n",
  'src/other.ts':
    "export { made as madeToo } from './deep/made.ts';\nexport { text } from './deep/text.ts';\nexport * from 'node:os';\n",
  // Two entry points import it, so its code comes into a file that is shared; its URL is told to others, as plug-ins do.
  'src/deep/made.ts':
    "import { text } from './text.ts';\nexport const made = { module: import.meta.url, export: 'remake' };\nexport function remake(what: string): string {\n  return `${text} ${what}`;\n}\n",
  'src/deep/text.ts': "export const text = 'made again:';\n",
  'src/words.ts':
    "import { readFileSync } from 'node:fs';\nexport const readWords = () => readFileSync(new URL('../data/words.json', import.meta.url), 'utf8');\n",
  'src/start.ts':
    "import { Worker } from 'node:worker_threads';\nexport const start = () => new Worker(new URL('./count.worker.js', import.meta.url));\n",
  'src/count.worker.ts':
    "import { parentPort } from 'node:worker_threads';\nimport { made } from './deep/made.ts';\nparentPort?.postMessage(made.export);\n",
  'src/process/main.ts':
    "import { readWords } from '../words.ts';\nexport const main = () => console.log(readWords());\n",
  // Hands on a library whose modules import each other, which all the others leave where it is.
  'src/library.ts': "/** Of others. */\nexport * from 'library';\n",
  'node_modules/library/package.json': JSON.stringify({ name: 'library', version: '1.2.3', type: 'module' }),
  'node_modules/library/index.js': "export { two } from './two.js';\n",
  'node_modules/library/two.js': 'export const two = 2;\n',
  'node_modules/library/LICENSE': 'Do what you like.\n',
  'use.mjs': `import { once } from 'node:events';
    import * as sample from 'sample';
    import { two } from 'sample/library';
    import { madeToo, platform } from 'sample/other';
    const { remake } = await import(sample.made.module);
    const [message] = await once(sample.start(), 'message');
    console.log(JSON.stringify({ names: Object.keys(sample), isOne: madeToo === sample.made, remade: remake('it'),
      words: sample.readWords(), message, os: typeof platform, two }));`,
  // Left by an earlier build, and written by the compiler.
  'dist/deep/gone.js': '',
  'dist/index.d.ts': 'export {};',
};

describe('a bundled package', () => {
  it('finds its modules, threads and files, and keeps only what was built', async () => {
    const place = await createPlace();
    for (const [name, text] of Object.entries(PACKAGE)) {
      mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
      writeFileSync(path.join(place, name), text);
    }
    execFileSync(process.execPath, [tool, place]);
    rmSync(path.join(place, 'node_modules'), { recursive: true });
    const printed = execFileSync(process.execPath, [path.join(place, 'use.mjs')], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({
      names: ['made', 'readWords', 'start'],
      isOne: true,
      remade: 'made again: it',
      words: '["one"]',
      message: 'remake',
      os: 'function',
      two: 2,
    });
    const licenses = readFileSync(path.join(place, 'dist/licenses.txt'), 'utf8');
    expect(licenses).toBe('library 1.2.3\n\nDo what you like.\n');
    expect(execFileSync(process.execPath, [path.join(place, 'bin/sample.js')], { encoding: 'utf8' })).toBe(
      '["one"]\n',
    );
    expect(existsSync(path.join(place, 'dist/deep/gone.js'))).toBe(false);
    expect(readdirSync(path.join(place, 'dist'))).toContain('index.d.ts');
  });
});
