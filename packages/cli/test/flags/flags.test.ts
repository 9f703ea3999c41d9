import { definePlugin } from '@datagen/core/generator';
import { GeneratorConfig } from '@datagen/core/generator';
import type { GeneratorPlugin } from '@datagen/core';
import { parquetPlugin } from '@datagen/parquet';
import { samplePlugin } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { z } from '@datagen/core/zod';
import { BUILTINS, type Builtins } from '../../src/index.ts';
import { collectFlags, kebabCase, parseText } from '../../src/flags/flags.ts';
import { datagen } from '../terminal.ts';

/** The sample generator with options of every kind, some with names that are taken. */
const odd = definePlugin({
  ...samplePlugin,
  name: 'odd',
  options: GeneratorConfig.extend({
    isFast: z.boolean().default(true).describe('Fast'),
    shares: z.array(z.number()).default([]).describe('Shares'),
    baseURL: z.string().optional().describe('A place'),
    mode: z.string().optional().describe('Another mode'),
    tables: z.array(z.string()).optional().describe('Other tables'),
    rows: z.int().optional().describe('A name of the command line'),
    encoder: z.number().default(1).describe('Another encoder'),
    rowGroupRows: z.int().min(1).default(5000).describe('As the writer has it'),
  }),
  create: (options) =>
    Object.assign(samplePlugin.create(samplePlugin.options.parse({})), { name: 'odd', config: options }),
}) as GeneratorPlugin;
const builtins: Builtins = { ...BUILTINS, generators: { odd: () => Promise.resolve(odd) } };

async function optionsAfter(...flags: string[]) {
  const { stdout, stderr } = await datagen(['plan', 'odd', ...flags, '--tables', 'sites', '--json'], {
    builtins,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { options: Record<string, unknown>; command: string };
}

describe('flags', () => {
  it('take their names from the options', () => {
    expect(['nCustomers', 'seed', 'baseURL', 'pm25Mean', 'x2'].map(kebabCase)).toEqual([
      'n-customers',
      'seed',
      'base-url',
      'pm25-mean',
      'x2',
    ]);
  });

  it.each([
    ['integer', '100_000', 100_000],
    ['number', '1e6', 1_000_000],
    ['number', '-.5', -0.5],
    ['number', '0x10', '0x10'],
    ['number', '', ''],
    ['string', '5', '5'],
    ['string[]', 'a, b,', ['a', 'b']],
    ['number[]', '1,2', [1, 2]],
    ['number | string', '7', 7],
    ['number | string', 'x', 'x'],
  ])('read a %s from %j', (type, text, value) => {
    expect(parseText({ name: 'x', description: '', type }, text)).toEqual(value);
  });

  it('of both plug-ins are one where they mean the same, and get a prefix where they do not', () => {
    const flags = collectFlags(odd, parquetPlugin).map(({ flag, owners }) => [flag, owners.join()]);
    expect(flags).toEqual(
      expect.arrayContaining([
        ['--mode', 'run'],
        ['--odd-mode', 'generator'],
        ['--tables', 'run'],
        ['--odd-tables', 'generator'],
        ['--odd-rows', 'generator'],
        ['--encoder', 'generator'],
        ['--parquet-encoder', 'writer'],
        ['--row-group-rows', 'generator,writer'],
      ]),
    );
    expect(new Set(flags.map(([flag]) => flag)).size).toBe(flags.length);
  });

  it('reach the options they are for, and come back in the command', async () => {
    const { options, command } = await optionsAfter(
      '--no-is-fast',
      '--shares=0.5',
      '--shares=1,2',
      '--base-url=http://x/?a b',
      '--odd-mode=slow',
      '--encoder=3',
      '--parquet-encoder=javascript',
      '--row-group-rows=6000',
    );
    expect(options).toMatchObject({
      isFast: false,
      shares: [0.5, 1, 2],
      baseURL: 'http://x/?a b',
      oddMode: 'slow',
      encoder: 3,
      parquetEncoder: 'javascript',
      rowGroupRows: 6000,
    });
    expect(command).toContain(
      "--seed 42 --no-is-fast --shares 0.5,1,2 --base-url 'http://x/?a b' --odd-mode slow --encoder 3 --row-group-rows 6000 --tables sites --parquet-encoder javascript",
    );
  });

  it('are found after an option whose value is not yet known to be one', async () => {
    const { options } = await optionsAfter();
    const { stdout } = await datagen(['plan', '--base-url', 'x', 'odd', '--tables=sites', '--json'], {
      builtins,
    });
    expect((JSON.parse(stdout) as { options: unknown }).options).toEqual({ ...options, baseURL: 'x' });
  });

  it('check against every schema they set', async () => {
    const { stderr } = await datagen(['plan', 'odd', '--row-group-rows', '5'], { builtins });
    expect(stderr).toBe('datagen: --row-group-rows: expected at least 1024, got 5.\n');
  });
});

describe('a bug', () => {
  it('is one sentence, with its stack after --debug', async () => {
    const broken: Builtins = {
      ...BUILTINS,
      generators: {
        odd: () => Promise.reject(new TypeError('x is not a function', { cause: new Error('deep') })),
      },
    };
    const { exitCode, stderr } = await datagen(['plan', 'odd'], { builtins: broken });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'datagen: Unexpected error: x is not a function; run again with --debug to see where.\n',
    });
    const debugged = await datagen(['plan', 'odd', '--debug'], { builtins: broken });
    expect(debugged.stderr).toMatch(
      /^datagen: Unexpected error: x is not a function.*\nTypeError: x[^]* at [^]*Error: deep/,
    );
  });
});
