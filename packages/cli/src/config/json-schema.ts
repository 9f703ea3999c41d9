import type { GeneratorPlugin, StoragePlugin, WriterPlugin } from '@datagen/core';
import { z } from '@datagen/core/zod';
import { collectFlags, type Flag, isList } from '../flags/flags.ts';

/** The plug-ins whose options a configuration file may have. */
export interface OfferedPlugins {
  readonly generators: readonly GeneratorPlugin[];
  readonly writers: readonly WriterPlugin[];
  readonly storages: readonly StoragePlugin[];
}

type Json = Readonly<Record<string, unknown>>;

/** What the schemas of plug-ins say besides, and an editor has no use for. */
const OWN_WORDS = ['$schema', 'layout', 'choosesTables', 'secret'];

/**
 * The JSON Schema (draft 7, which editors know best) of the whole configuration file: which keys there are follows from
 * `generator` and `format`, as it does on the command line. Options of storages are allowed with any output, which may
 * be given on the command line.
 */
export function configSchema({ generators, writers, storages }: OfferedPlugins): Json {
  const definitions: Record<string, Json> = {};
  const cases = generators.flatMap((generator) =>
    writers.map((writer) => {
      const flags = new Map(
        [undefined, ...storages].flatMap((storage) =>
          collectFlags(generator, writer, storage).map((flag) => [flag.key, flag] as const),
        ),
      );
      const properties: Record<string, unknown> = { ...OWN_PROPERTIES };
      for (const flag of flags.values()) {
        const place = `${ownerName(flag, generator, writer)}.${flag.key}`;
        definitions[place] ??= propertyOf(flag);
        properties[flag.key] = { $ref: `#/definitions/${place}` };
      }
      const named = { generator: { const: generator.name }, format: { const: writer.name } };
      return {
        // Without a format it is Parquet.
        if: { properties: named, required: writer.name === 'parquet' ? ['generator'] : Object.keys(named) },
        then: { properties, additionalProperties: false },
      };
    }),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of datagen',
    description:
      'Options of `datagen generate --config`; a flag comes before the file, the file before the default.',
    type: 'object',
    properties: {
      generator: {
        description: 'What to generate',
        enum: generators.map(({ name }) => name),
      },
      format: {
        description: 'Format of the tables',
        enum: writers.map(({ name }) => name),
        default: 'parquet',
      },
      output: { description: 'Folder or URI to write tables to', type: 'string', minLength: 1 },
      plugins: {
        description: 'Modules with plug-ins: packages, or paths from the folder of this file',
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string', minLength: 1 } }],
      },
    },
    allOf: cases,
    definitions,
  };
}

/** Keys that are no option; what they may be stands at the root. */
const OWN_PROPERTIES = { generator: true, format: true, output: true, plugins: true };

function ownerName({ owners }: Flag, generator: GeneratorPlugin, writer: WriterPlugin): string {
  if (owners.includes('generator')) return generator.name;
  return owners.includes('writer') ? writer.name : (owners[0] as string);
}

function propertyOf({ schema, description }: Flag): Json {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as Record<string, unknown>;
  const left = description.secret === true ? [...OWN_WORDS, 'default'] : OWN_WORDS;
  const kept = Object.fromEntries(Object.entries(json).filter(([word]) => !left.includes(word)));
  if (!isList(description.type)) return kept;
  const { description: doc, default: fallback, ...list } = kept;
  return {
    ...(doc !== undefined && { description: doc }),
    ...(fallback !== undefined && { default: fallback }),
    // One element needs no brackets, and several may be written as on the command line: a,b.
    anyOf: [list, { type: ['string', 'number'] }],
  };
}
