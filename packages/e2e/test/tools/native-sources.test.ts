import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const tool = new URL('../../../../tools/build/native.mjs', import.meta.url).href;

describe('the native encoder is built again', () => {
  it('when its manifest, its build script or a source in any folder changes', async () => {
    const crate = await createPlace();
    const files = ['Cargo.toml', 'build.rs', 'src/lib.rs', 'src/pages/header.rs', 'src/pages/mod.rs'];
    mkdirSync(path.join(crate, 'src/pages'), { recursive: true });
    for (const file of [...files, 'datagen-parquet.node']) writeFileSync(path.join(crate, file), '');
    const code = `import { sourcesOf } from ${JSON.stringify(tool)};
      console.log(JSON.stringify(sourcesOf(${JSON.stringify(crate)})));`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual(files);
  });
});
