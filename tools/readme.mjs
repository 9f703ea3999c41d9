// Fills the tables and options of the package READMEs from the schemas, between `<!-- tables -->` and
// `<!-- options -->` markers; with --check it only says whether they are up to date.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './ensure.mjs';

const flags = ['--import', 'tsx', '--conditions=@datagen/source'];
if (!process.execArgv.includes(flags[2])) {
  // The schemas are read from source: start again as the tests run, without a build.
  const { status } = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], {
    stdio: 'inherit',
    cwd: root,
  });
  process.exit(status ?? 1);
}

const { BaseConfig, describeOptions, docOf, typeNameOf } = await import('../packages/core/src/generator.ts');
const isCheck = process.argv.includes('--check');

function markdownTable(head, rows) {
  const cells = rows.map((row) => row.map((cell) => String(cell).replaceAll('|', '\\|')));
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function optionsText({ options }) {
  const rows = describeOptions(options).map(({ name, type, description, default: value }) => [
    `\`${name}\``,
    type,
    value === undefined ? '' : `\`${JSON.stringify(value).replaceAll('"', '')}\``,
    description,
  ]);
  return markdownTable(['option', 'type', 'default', 'meaning'], rows);
}

function tablesText(plugin) {
  const { tables } = plugin.create(plugin.options.parse({}));
  return tables
    .map(({ name, description, schema, primaryKey, foreignKeys, sortedBy }) => {
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
    })
    .join('\n\n');
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
let isStale = false;
for (const dir of fs.readdirSync(path.join(root, 'packages'))) {
  const file = path.join(root, 'packages', dir, 'README.md');
  if (!fs.existsSync(file) || !/<!-- (tables|options) -->/.test(fs.readFileSync(file, 'utf8'))) continue;
  const exported = Object.values(await import(`../packages/${dir}/src/index.ts`));
  const plugins = exported.filter((value) => value?.kind === 'generator' || value?.kind === 'writer');
  const before = fs.readFileSync(file, 'utf8');
  let text = before;
  const generators = plugins.filter(({ kind }) => kind === 'generator');
  if (generators.length > 0) text = fill(text, 'tables', sections(generators, tablesText));
  text = fill(
    text,
    'options',
    plugins.length > 0 ? sections(plugins, optionsText) : optionsText({ options: BaseConfig }),
  );
  text = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (text === before) continue;
  isStale = true;
  if (isCheck) console.error(`packages/${dir}/README.md does not match its schemas; run \`npm run readme\`.`);
  else fs.writeFileSync(file, text);
}
process.exitCode = isCheck && isStale ? 1 : 0;
