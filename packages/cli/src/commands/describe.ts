import {
  describeOptions,
  type OptionDescription,
  parseOptions,
  type Plugin,
  type TableDefinition,
  unknownName,
} from '@datagen/core';
import { docOf, typeNameOf } from '@datagen/core/generator';
import type { Field } from 'apache-arrow';
import type { Offer } from '../plugins/offer.ts';
import { kebabCase } from '../flags/flags.ts';
import { formatTable } from '../terminal/format-table.ts';
import { defaultText, typeText } from '../flags/flag-text.ts';
import { bold, type Io } from '../terminal/io.ts';

/** Shows all there is to know about a generator or a format. */
export async function describe(name: string, offer: Offer, isJson: boolean, io: Io): Promise<void> {
  const plugin = await loadPlugin(name, offer);
  const options = describeOptions(plugin.options);
  const tables =
    plugin.kind === 'generator'
      ? plugin.create(parseOptions(plugin.options, {}, `generator "${name}"`)).tables
      : [];
  await io.stdout.write(
    isJson ? jsonText(plugin, options, tables) : describeText(plugin, options, tables, io),
  );
}

async function loadPlugin(name: string, { generators, formats, storages }: Offer): Promise<Plugin> {
  const storage = storages.find((plugin) => plugin.name === name);
  const load =
    (Object.hasOwn(generators, name) ? generators[name] : undefined) ??
    (Object.hasOwn(formats, name) ? formats[name]?.load : undefined);
  if (load !== undefined) return load();
  if (storage !== undefined) return storage;
  const known = [
    ...Object.keys(generators),
    ...Object.keys(formats),
    ...storages.map((plugin) => plugin.name),
  ];
  throw unknownName('generator or format', name, known);
}

function jsonText(
  { kind, name, description }: Plugin,
  options: readonly OptionDescription[],
  tables: readonly TableDefinition[],
): string {
  const json = {
    kind: kind === 'writer' ? 'format' : kind,
    name,
    description,
    tables: tables.map(({ schema, ...table }) => ({
      ...table,
      columns: schema.fields.map((field) => ({
        name: field.name,
        type: typeNameOf(field),
        nullable: field.nullable,
        doc: docOf(field),
      })),
    })),
    options: options.map((option) => ({ flag: `--${kebabCase(option.name)}`, ...option })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function describeText(
  { kind, name, description }: Plugin,
  options: readonly OptionDescription[],
  tables: readonly TableDefinition[],
  io: Io,
): string {
  const strong = (text: string) => bold(text, io.stdout, io.env);
  const rows = options.map((option) => [
    `  --${kebabCase(option.name)}`,
    typeText(option),
    defaultText(option) ?? '',
    option.description,
  ]);
  const columns = [{ header: '  option' }, { header: 'type' }, { header: 'default' }, { header: '' }];
  const next = nextText(kind, name, io.program);
  return [
    `${strong(name)} (${kind === 'writer' ? 'format' : kind}): ${description}`,
    '',
    ...tables.flatMap((table) => [...tableLines(table, strong), '']),
    ...formatTable(columns, rows, strong),
    '',
    ...(next === undefined ? [] : [next, '']),
  ].join('\n');
}

function nextText(kind: string, name: string, program: string): string | undefined {
  if (kind === 'generator') return `See rows:  ${program} preview ${name}`;
  return kind === 'writer'
    ? `Use it:  ${program} generate <generator> <output-uri> --format ${name}`
    : undefined;
}

function tableLines(table: TableDefinition, strong: (text: string) => string): string[] {
  const rows = table.schema.fields.map((field) => [
    `  ${field.name}`,
    typeNameOf(field) + (field.nullable ? ' or null' : ''),
    roleText(table, field),
    docOf(field),
  ]);
  const columns = [{ header: '  column' }, { header: 'type' }, { header: 'role' }, { header: '' }];
  const order = table.sortedBy === undefined ? '' : ` Sorted by ${table.sortedBy.join(', ')}.`;
  return [`${strong(table.name)}: ${table.description}${order}`, ...formatTable(columns, rows, strong)];
}

function roleText(table: TableDefinition, { name }: Field): string {
  const parents = table.foreignKeys.filter(({ columns }) => columns.includes(name));
  return [
    ...(table.primaryKey.includes(name) ? ['key'] : []),
    ...(table.timeColumn === name ? ['time'] : []),
    ...parents.map((key) => `→ ${key.table}`),
  ].join(', ');
}
