// Fills the tables and options of the package READMEs from the schemas, between `<!-- tables -->` and
// `<!-- options -->` markers, draws the diagrams of the tables, and writes the JSON Schema of the configuration file,
// which the package of the command line ships; with --check it only says whether they are up to date.
import './from-source.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../ensure.mjs';

const { BaseConfig, describeOptions, docOf, typeNameOf } =
  await import('../../packages/core/src/generator.ts');
const { entityDiagram } = await import('./entities.mjs');
const isCheck = process.argv.includes('--check');
let isStale = false;

function markdownTable(head, rows) {
  const cells = rows.map((row) => row.map((cell) => String(cell).replaceAll('|', '\\|')));
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function optionsText({ options }) {
  const rows = describeOptions(options).map(({ name, type, description, default: value }) => [
    `\`${name}\``,
    type,
    value === undefined ? '' : `\`${JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ')}\``,
    description,
  ]);
  return markdownTable(['option', 'type', 'default', 'meaning'], rows);
}

/** The tables that a generator has by default, and those that options bring which are off by default. */
function tablesOf({ create, options }) {
  const tablesWith = (given) => create(options.parse(given)).tables;
  const switches = describeOptions(options).flatMap(({ name, type }) => {
    if (type === 'boolean') return { [name]: true };
    return name === 'extraTables' ? { [name]: type.replace('[]', '').split(' | ') } : [];
  });
  const usual = tablesWith({});
  const all = new Map([{}, ...switches].flatMap(tablesWith).map((table) => [table.name, table]));
  const onDemand = new Set(all.keys());
  for (const { name } of usual) onDemand.delete(name);
  return { tables: [...all.values()], onDemand };
}

function tablesText(plugin) {
  const { tables, onDemand } = tablesOf(plugin);
  const diagram = `docs/figures/${plugin.name}-entities.svg`;
  keep(diagram, entityDiagram(tables, onDemand));
  const picture = `![The tables of ${plugin.name} and what refers to what](../../${diagram})`;
  const legend = [
    'Lines lead from one row to the many that refer to it; with a circle, not all do.',
    ...(onDemand.size > 0 ? ['A broken outline: the table is made when an option asks for it.'] : []),
  ].join(' ');
  return [picture, legend, ...tables.map(tableText)].join('\n\n');
}

function tableText({ name, description, schema, primaryKey, foreignKeys, sortedBy }) {
  const references = new Map(
    foreignKeys.flatMap(({ columns, table }) => columns.map((column) => [column, table])),
  );
  const rows = schema.fields.map((field) => {
    const role = primaryKey.includes(field.name) ? ' (key)' : '';
    const parent = references.has(field.name) ? ` → \`${references.get(field.name)}\`` : '';
    return [
      `\`${field.name}\`${role}`,
      `${typeNameOf(field)}${field.nullable ? ', null' : ''}`,
      `${docOf(field)}${parent}`,
    ];
  });
  const order = sortedBy ? ` Sorted by ${sortedBy.map((column) => `\`${column}\``).join(', ')}.` : '';
  return `**\`${name}\`** — ${description}${order}\n\n${markdownTable(['column', 'type', 'meaning'], rows)}`;
}

function fill(text, marker, content) {
  const block = new RegExp(`(<!-- ${marker} -->)[^]*?(<!-- /${marker} -->)`);
  return text.replace(block, (_, open, close) => `${open}\n\n${content}\n\n${close}`);
}

function sections(plugins, render) {
  if (plugins.length === 1) return render(plugins[0]);
  return plugins.map((plugin) => `### ${plugin.name}\n\n${render(plugin)}`).join('\n\n');
}

const { format, resolveConfig } = await import('prettier');
for (const dir of fs.readdirSync(path.join(root, 'packages'))) {
  const readme = `packages/${dir}/README.md`;
  const file = path.join(root, readme);
  if (!fs.existsSync(file) || !/<!-- (tables|options) -->/.test(fs.readFileSync(file, 'utf8'))) continue;
  const exported = Object.values(await import(`../../packages/${dir}/src/index.ts`));
  const plugins = exported.filter((value) => ['generator', 'writer', 'storage'].includes(value?.kind));
  let text = fs.readFileSync(file, 'utf8');
  const generators = plugins.filter(({ kind }) => kind === 'generator');
  if (generators.length > 0) text = fill(text, 'tables', sections(generators, tablesText));
  text = fill(
    text,
    'options',
    plugins.length > 0 ? sections(plugins, optionsText) : optionsText({ options: BaseConfig }),
  );
  await keepFormatted(readme, text);
}

const { BUILTINS } = await import('../../packages/cli/src/builtins.ts');
const { schemaText } = await import('../../packages/cli/src/commands/schema.ts');
await keepFormatted('packages/cli/datagen.schema.json', await schemaText(BUILTINS));
process.exitCode = isCheck && isStale ? 1 : 0;

async function keepFormatted(name, content) {
  const file = path.join(root, name);
  keep(name, await format(content, { ...(await resolveConfig(file)), filepath: file }));
}

/** Writes a file if it has changed; with --check it is only said. */
function keep(name, content) {
  const file = path.join(root, name);
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === content) return;
  isStale = true;
  if (isCheck) console.error(`${name} does not match the schemas; run \`npm run readme\`.`);
  else fs.writeFileSync(file, content);
}
