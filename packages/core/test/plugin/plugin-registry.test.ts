import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { GeneratorConfig } from '../../src/generator.ts';
import { MemoryStorage, PluginRegistry } from '../../src/index.ts';
import { definePlugin } from '../../src/plugin/plugin.ts';

const shop = definePlugin({
  kind: 'generator',
  name: 'shop',
  description: 'A shop',
  options: GeneratorConfig.extend({ nRows: z.int().min(0).default(3).describe('Rows') }),
  module: import.meta.url,
  export: 'shop',
  create: (config) => ({
    name: 'shop',
    version: 1,
    config,
    tables: [],
    blocks: () => [],
    generate: () => [],
  }),
});
const nowhere = definePlugin({
  kind: 'writer',
  name: 'nowhere',
  description: 'Writes nothing',
  options: z.strictObject({ depth: z.int().default(1).describe('Depth') }),
  module: import.meta.url,
  export: 'nowhere',
  create: ({ uri }) => ({
    outputUri: uri,
    openTable: () => Promise.reject(new Error('not used')),
    commit: () => Promise.resolve([]),
  }),
});

function registry(): PluginRegistry {
  const made = new PluginRegistry();
  made.registerGenerator(shop);
  made.registerWriter(nowhere);
  return made;
}

describe('PluginRegistry', () => {
  it('creates what was registered, with defaults applied', () => {
    expect(registry().createGenerator('shop').config).toMatchObject({ nRows: 3, seed: 42 });
    expect(registry().createWriter('nowhere', '/x', { depth: 2 }).outputUri).toBe('/x');
    expect(
      registry()
        .list()
        .generators.map(({ name }) => name),
    ).toEqual(['shop']);
  });

  it('refuses unknown names, unknown options and a name taken twice', () => {
    expect(() => registry().createGenerator('shpo')).toThrow(
      'Unknown generator "shpo". Did you mean "shop"? Known: shop.',
    );
    expect(() => registry().createWriter('xyz', '/x')).toThrow('Unknown writer "xyz". Known: nowhere.');
    expect(() => registry().createGenerator('shop', { rows: 1 })).toThrow(
      'Option `rows` of the generator "shop": there is no such option.',
    );
    expect(() => registry().createWriter('nowhere', '/x', { depth: 'a' })).toThrow(
      'Option `depth` of the writer "nowhere"',
    );
    const twice = registry();
    expect(() => {
      twice.registerGenerator(shop);
    }).toThrow('A generator named "shop" is registered already.');
  });

  it('opens storages by the scheme of a URI, with options of their own', () => {
    const made = registry();
    const opened: unknown[] = [];
    made.register(
      definePlugin({
        kind: 'storage',
        name: 'cloud',
        description: 'Somewhere else',
        schemes: ['cloud', 'clouds'],
        options: z.strictObject({ region: z.string().default('here').describe('Region') }),
        module: import.meta.url,
        export: 'cloud',
        open: (uri, options) => {
          opened.push([uri, options]);
          return new MemoryStorage(`memory:${uri}`);
        },
      }),
    );
    expect(made.createWriter('nowhere', 'clouds://bucket/x', {}, { region: 'there' }).outputUri).toBe(
      'memory:clouds://bucket/x',
    );
    expect(opened).toEqual([['clouds://bucket/x', { region: 'there' }]]);
    expect(() => made.openStorage('cloud://x', { regoin: 'x' })).toThrow('Did you mean `region`?');
    expect(() => made.openStorage('s3://x')).toThrow('Expected the output to be a local path');
    expect(made.list().storages.map(({ name }) => name)).toEqual(['cloud']);
  });

  it('opens readers of formats that have one, with options of their own', () => {
    const made = new PluginRegistry();
    const opened: unknown[] = [];
    made.registerWriter({
      ...nowhere,
      reader: {
        options: z.strictObject({ catalog: z.string().default('main').describe('Catalog') }),
        recognise: () => undefined,
        open: ({ uri }, options) => {
          opened.push([uri, options]);
          return {
            versionNoun: 'version',
            tableNames: () => Promise.resolve([]),
            readTable: () => Promise.reject(new Error('not used')),
          };
        },
      },
    });
    made.createReader('nowhere', '/x');
    expect(opened).toEqual([['/x', { catalog: 'main' }]]);
    expect(() => made.createReader('nowhere', '/x', { depth: 2 })).toThrow(
      'Option `depth` of the format "nowhere": there is no such option.',
    );
    expect(() => registry().createReader('nowhere', '/x')).toThrow(
      'Tables of the format "nowhere" can be written and not be looked at: its plug-in has no reader.',
    );
  });

  it('refuses what is no plug-in', () => {
    const odd = (plugin: object) => () => definePlugin(plugin as never);
    expect(odd({ kind: 'reader', name: 'x' })).toThrow(
      'Expected the `kind` of plug-in "x" to be one of generator, writer, storage, got reader.',
    );
    expect(odd({ kind: 'writer', name: 'x', description: 'x', options: {} })).toThrow(
      'The writer plug-in "x" lacks `module`, `export`, `create`.',
    );
  });
});
