import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { BUILTINS } from '../../src/index.ts';
import { datagen, temporaryFolder } from '../terminal.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = temporaryFolder();
const newFolder = () => mkdtempSync(path.join(folder, 'init-'));
const textOf = (file: string) => readFileSync(file, 'utf8');
const schema = JSON.parse(textOf(path.join(root, 'packages/cli/datagen.schema.json'))) as object;
// Days have a pattern besides their format.
const isValid = new Ajv({ validateFormats: false, allowUnionTypes: true }).compile(schema);
/** Every generator, and every format of files. */
const CASES = [
  ...Object.keys(BUILTINS.generators).map((generator) => [generator, 'parquet'] as const),
  ...Object.entries(BUILTINS.formats).flatMap(([format, { isStream }]) =>
    isStream === true || format === 'parquet' ? [] : [['weather', format] as const],
  ),
];

describe('datagen init', () => {
  it.each(CASES)(
    '%s --format %s: writes a file that the command and its schema take',
    async (generator, format) => {
      const cwd = newFolder();
      const { exitCode, stdout, stderr } = await datagen(['init', generator, '--format', format], { cwd });
      expect([exitCode, stderr, stdout]).toEqual([
        0,
        '',
        'Wrote datagen.yaml and datagen.schema.json.\n\nWrite the dataset:  datagen generate --config datagen.yaml\n',
      ]);
      const text = textOf(path.join(cwd, 'datagen.yaml'));
      expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/datagen\.schema\.json\n/);
      expect(JSON.parse(textOf(path.join(cwd, 'datagen.schema.json')))).toEqual(schema);
      // Every option that has a default, taken at its word.
      const whole = text.replace(/^# ([a-z]\w*: (?!<).*)$/gm, '$1');
      expect(Object.keys(parse(whole) as object).length).toBeGreaterThan(10);
      for (const config of [parse(text), parse(whole)] as unknown[])
        expect([isValid(config), isValid.errors]).toEqual([true, null]);
      writeFileSync(path.join(cwd, 'try.yaml'), whole);
      const planned = await datagen(['plan', '--config', 'try.yaml'], { cwd });
      expect([planned.exitCode, planned.stderr]).toEqual([0, '']);
    },
  );

  it('overwrites no file', async () => {
    const cwd = newFolder();
    writeFileSync(path.join(cwd, 'datagen.yaml'), 'generator: weather\n');
    const { exitCode, stderr } = await datagen(['init'], { cwd });
    expect([exitCode, stderr]).toEqual([
      2,
      'datagen: Expected no datagen.yaml here, and there is one. Remove it, or go to another folder.\n',
    ]);
    expect(readdirSync(cwd)).toEqual(['datagen.yaml']);
    expect(textOf(path.join(cwd, 'datagen.yaml'))).toBe('generator: weather\n');
  });

  it('names the schema of the installed package, and writes none', async () => {
    const cwd = mkdtempSync(path.join(root, 'packages/cli/test/init-'));
    try {
      await datagen(['init', 'weather'], { cwd });
      expect(readdirSync(cwd)).toEqual(['datagen.yaml']);
      const [, named = ''] = /\$schema=(.*)/.exec(textOf(path.join(cwd, 'datagen.yaml'))) ?? [];
      expect(JSON.parse(textOf(path.resolve(cwd, named)))).toEqual(schema);
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });

  it('has the options of plug-ins', async () => {
    const cwd = newFolder();
    const module = path.join(import.meta.dirname, '../fixtures/tally.mjs');
    await datagen(['init', 'tally', '--plugin', module], { cwd });
    const text = textOf(path.join(cwd, 'datagen.yaml'));
    expect(text).toMatch(/^generator: tally$/m);
    expect(text).toMatch(/^plugins:\n/m);
    const own = JSON.parse(textOf(path.join(cwd, 'datagen.schema.json'))) as {
      properties: { generator: { enum: string[] } };
    };
    expect(own.properties.generator.enum).toContain('tally');
    expect((await datagen(['plan', '--config', 'datagen.yaml'], { cwd })).exitCode).toBe(0);
  });

  it('names what there is for a generator or a format that is not', async () => {
    const cwd = newFolder();
    expect((await datagen(['init', 'ecomerce'], { cwd })).stderr).toContain('Did you mean "ecommerce"?');
    expect((await datagen(['init', '--format', 'arrow'], { cwd })).stderr).toMatch(
      /^datagen: Expected a format of files, got "arrow"/,
    );
    expect((await datagen(['init', '--format', 'detla'], { cwd })).stderr).toContain('Did you mean "delta"?');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('the JSON Schema of the configuration', () => {
  it('is what `datagen schema` prints', async () => {
    const { stdout } = await datagen(['schema']);
    expect(JSON.parse(stdout)).toEqual(schema);
  });

  const HEAD = 'generator: ecommerce\n';
  it.each([
    ['an unknown key', `${HEAD}nCustomer: 5\n`],
    ['an option of another generator', `${HEAD}nDevices: 5\n`],
    ['an option of another format', `${HEAD}namespace: shop\n`],
    ['a text for a number', `${HEAD}nCustomers: many\n`],
    ['a number out of its range', `${HEAD}nCustomers: -5\n`],
    ['a value that is no choice', `${HEAD}compression: lzma\n`],
    ['no such day', `${HEAD}startDate: 2026-1-5\n`],
    ['an empty list', `${HEAD}countries: []\n`],
    ['a size without a unit', `${HEAD}size: "10"\n`],
    ['an unknown generator', 'generator: ecomerce\n'],
    ['an unknown format', `${HEAD}format: orc\n`],
  ])('refuses what the command refuses: %s', async (_, stdin) => {
    expect(isValid(parse(stdin))).toBe(false);
    expect((await datagen(['plan', '--config', '-'], { stdin })).exitCode).toBe(2);
  });

  const examples = path.join(root, 'examples');
  it.each(readdirSync(examples).filter((name) => name.endsWith('.yaml')))('takes examples/%s', (name) => {
    const text = textOf(path.join(examples, name));
    expect([isValid(parse(text)), isValid.errors]).toEqual([true, null]);
    const [, named = ''] = /^# yaml-language-server: \$schema=(.*)/.exec(text) ?? [];
    expect(JSON.parse(textOf(path.resolve(examples, named)))).toEqual(schema);
  });

  it.each([
    ['one element without brackets', `${HEAD}countries: DE\npartitionBy: month\n`],
    ['a list as on the command line', `${HEAD}tables: orders,order_items\n`],
    ['options of a format', `${HEAD}format: iceberg\nnamespace: shop\n`],
    ['a size', `${HEAD}size: 1.5 GB\n`],
    ['rows', `${HEAD}rows: 5000\n`],
    [
      'places beside cities',
      'generator: weather\nlocations: [Berlin, {name: Here, latitude: 1, longitude: 2}]\n',
    ],
  ])('takes what the command takes: %s', async (_, stdin) => {
    expect([isValid(parse(stdin)), isValid.errors]).toEqual([true, null]);
    expect((await datagen(['plan', '--config', '-'], { stdin })).exitCode).toBe(0);
  });
});
