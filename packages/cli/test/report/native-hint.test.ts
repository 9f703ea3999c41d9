import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parquetPlugin } from '@datagen/parquet';
import { BUILTINS, type Builtins } from '../../src/index.ts';
import { nativeHint } from '../../src/report/native-hint.ts';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
mkdirSync(path.join(folder, 'checkout/tools/build'), { recursive: true });
writeFileSync(path.join(folder, 'checkout/tools/build/native.mjs'), '');
mkdirSync(path.join(folder, 'bin'));
writeFileSync(path.join(folder, 'bin/cargo'), '');
writeFileSync(path.join(folder, 'bin/cargo.exe'), '');
const checkout = path.join(folder, 'checkout/packages/cli');
const withCargo = { PATH: ['/nowhere', path.join(folder, 'bin')].join(path.delimiter) };

describe('the hint at the native encoder', () => {
  it('says what it brings and how, where cargo could build it', () => {
    expect(nativeHint('wasm', withCargo, checkout)).toMatch(/several times as fast: npm run build:native /);
  });

  it('is left out with the encoder, without cargo, and outside of a checkout', () => {
    expect(nativeHint('native', withCargo, checkout)).toBeUndefined();
    expect(nativeHint('wasm', { PATH: '/nowhere' }, checkout)).toBeUndefined();
    expect(nativeHint('wasm', {}, checkout)).toBeUndefined();
    expect(nativeHint('wasm', withCargo, path.join(folder, 'node_modules/@datagen/cli'))).toBeUndefined();
  });

  it('finds the tools of this checkout by itself', () => {
    expect(nativeHint('wasm', withCargo)).toBeDefined();
  });
});

/** What there is on a machine without the native encoder: `auto` is `wasm` there. */
const withoutNative: Builtins = {
  ...BUILTINS,
  formats: {
    parquet: {
      load: () =>
        Promise.resolve({
          ...parquetPlugin,
          create: (output, { encoder, ...options }) =>
            parquetPlugin.create(output, { ...options, encoder: encoder === 'auto' ? 'wasm' : encoder }),
        } as typeof parquetPlugin),
    },
  },
};

describe('the report of a run', () => {
  const reportOf = async (output: string, flags: readonly string[], env: { readonly PATH: string }) => {
    const words = ['generate', 'ecommerce', path.join(folder, output), '--tables', 'products', ...SMALL];
    const { stdout, stderr } = await datagen([...words, ...flags], { env, builtins: withoutNative });
    expect(stderr).toBe('');
    expect(stdout).toContain(', wasm encoder)');
    return stdout;
  };

  it('has the hint in a line of its own, where cargo could build the encoder', async () => {
    expect(await reportOf('hint', [], withCargo)).toMatch(
      /\nThe native encoder writes several times as fast: npm run build:native [^\n]*\n\nAgain: /,
    );
  });

  it('has none without cargo, and where another encoder was asked for', async () => {
    expect(await reportOf('no-cargo', [], { PATH: '/nowhere' })).not.toContain('native');
    expect(await reportOf('asked', ['--encoder', 'wasm'], withCargo)).not.toContain('native');
  });
});
