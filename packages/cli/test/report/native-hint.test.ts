import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nativeHint } from '../../src/report/native-hint.ts';
import { temporaryFolder } from '../terminal.ts';

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
