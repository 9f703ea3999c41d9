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
import { kebabCase, storageKey } from '../flags/flags.ts';
import { formatTable } from '../terminal/format-table.ts';
import { defaultText, noteText, typeText } from '../flags/flag-text.ts';
import { bold, type Io } from '../terminal/io.ts';

/** Shows all there is to know about a generator, a format or a storage. */
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
  const load =
    (Object.hasOwn(generators, name) ? generators[name] : undefined) ??
    (Object.hasOwn(formats, name) ? formats[name]?.load : undefined) ??
    (Object.hasOwn(storages, name) ? storages[name]?.load : undefined);
  if (load !== undefined) return load();
  const known = [generators, formats, storages].flatMap((named) => Object.keys(named));
  throw unknownName('generator, format or storage', name, known);
}

function jsonText(
  plugin: Plugin,
  options: readonly OptionDescription[],
  tables: readonly TableDefinition[],
): string {
  const { kind, name, description } = plugin;
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
    options: options.map((option) => ({ flag: flagOf(plugin, option), ...option })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function describeText(
  plugin: Plugin,
  options: readonly OptionDescription[],
  tables: readonly TableDefinition[],
  io: Io,
): string {
  const { kind, name, description } = plugin;
  const strong = (text: string) => bold(text, io.stdout, io.env);
  const rows = options.map((option) => [
    `  ${flagOf(plugin, option)}`,
    typeText(option),
    defaultText(option) ?? '',
    option.description,
  ]);
  const columns = [{ header: '  option' }, { header: 'type' }, { header: 'default' }, { header: '' }];
  const next = nextText(plugin, io.program);
  return [
    `${strong(name)} (${kind === 'writer' ? 'format' : kind}): ${description}`,
    '',
    ...tables.flatMap((table) => [...tableLines(table, strong), '']),
    ...formatTable(columns, rows, strong),
    '',
    ...noteLines(plugin),
    ...(next === undefined ? [] : [next, '']),
  ].join('\n');
}

/** What may surprise, a line each. */
function noteLines(plugin: Plugin): string[] {
  if (plugin.kind !== 'generator' || plugin.notes === undefined) return [];
  return [...plugin.notes.map(({ text }) => noteText(text)), ''];
}

function flagOf({ kind, name }: Plugin, option: OptionDescription): string {
  return `--${kebabCase(kind === 'storage' ? storageKey(name, option.name) : option.name)}`;
}

function nextText(plugin: Plugin, program: string): string | undefined {
  const { kind, name } = plugin;
  if (kind === 'generator') return `See rows:  ${program} preview ${name}`;
  if (kind === 'storage') return undefined;
  const output = plugin.stream === undefined ? '<output-uri>' : '<output-uri, or - for stdout>';
  return `Use it:  ${program} generate <generator> ${output} --format ${name}`;
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
