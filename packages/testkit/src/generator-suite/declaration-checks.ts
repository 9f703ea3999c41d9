import assert from 'node:assert/strict';
import type { GeneratorPlugin, TableDefinition } from '@datagen/core';
import { docOf, typeNameOf } from '@datagen/core/generator';
import type { Field } from 'apache-arrow';
import { digestDataset } from '../rows/table-digest.ts';
import { expectSameDigests, type GeneratorCheck, Subject } from './suite.ts';

/** SQL takes such a name without quotes, and any file system as a folder. */
const NAME = /^[a-z][a-z0-9_]*$/;

/** What a plug-in and its tables say about themselves. */
export const declarationChecks: readonly GeneratorCheck[] = [
  {
    name: 'is made by its plug-in, here and on another thread',
    run: async (suite) => {
      const { plugin } = suite;
      const subject = new Subject(suite);
      const { generator, window } = subject;
      assert.equal(generator.name, plugin.name, 'the generator is named like its plug-in');
      assert.ok(
        Number.isSafeInteger(generator.version) && generator.version >= 1,
        `expected a whole number from 1 on as the version, got ${String(generator.version)}`,
      );
      const found = await exportOf(plugin);
      if (found !== undefined)
        assert.equal(
          found.name,
          plugin.name,
          `expected ${plugin.module} to export the plug-in as \`${plugin.export}\``,
        );
      // What crosses to a thread is a copy of the options.
      const copy = plugin.create(structuredClone(generator.config));
      const again = digestDataset(copy, window);
      expectSameDigests(again, digestDataset(generator, window), 'when made of a copy of `config`');
    },
  },
  {
    name: 'names, documents and keys its tables, parents before children',
    run: (suite) => {
      const { tables } = new Subject(suite);
      assert.ok(tables.length > 0, 'a generator has tables');
      tables.forEach((table, i) => {
        const before = tables.slice(0, i);
        assert.match(table.name, NAME, 'a table has a plain name');
        assert.ok(!before.some(({ name }) => name === table.name), `two tables are called \`${table.name}\``);
        assert.match(table.description, /\S/, `\`${table.name}\` says what a row stands for`);
        for (const field of table.schema.fields) checkColumn(table, field);
        checkKeys(table, [...before, table]);
        checkTime(table);
      });
    },
  },
];

/** What a worker thread would find; undefined where the runner alone can read the module, as it may be TypeScript. */
async function exportOf({ module, export: name }: GeneratorPlugin): Promise<{ name?: unknown } | undefined> {
  try {
    return ((await import(module)) as Record<string, { name?: unknown } | undefined>)[name] ?? {};
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === 'ERR_UNKNOWN_FILE_EXTENSION') return undefined;
    throw thrown;
  }
}

function checkColumn({ name }: TableDefinition, field: Field): void {
  assert.match(field.name, NAME, `a column of \`${name}\` has a plain name`);
  assert.match(docOf(field), /\S/, `\`${name}\`.\`${field.name}\` has a doc`);
  // Throws where the type is none of those that a table may have.
  typeNameOf(field);
}

function checkKeys(table: TableDefinition, parents: readonly TableDefinition[]): void {
  const { name, primaryKey, foreignKeys } = table;
  assert.ok(primaryKey.length > 0, `\`${name}\` has a primary key`);
  for (const column of primaryKey)
    assert.ok(
      !fieldOf(table, column).nullable,
      `\`${column}\` of the primary key of \`${name}\` is never null`,
    );
  for (const { columns, table: parentName, references } of foreignKeys) {
    const parent = parents.find((candidate) => candidate.name === parentName);
    assert.ok(parent, `\`${parentName}\`, which \`${name}\` refers to, comes before it`);
    assert.deepEqual(
      [...references],
      [...parent.primaryKey],
      `\`${name}\` refers to the primary key of \`${parentName}\``,
    );
    assert.deepEqual(
      columns.map((column) => typeNameOf(fieldOf(table, column))),
      references.map((column) => typeNameOf(fieldOf(parent, column))),
      `\`${name}\` and \`${parentName}\` have keys of the same types`,
    );
  }
}

function checkTime(table: TableDefinition): void {
  const { name, timeColumn, sortedBy = [] } = table;
  for (const column of sortedBy)
    assert.ok(
      !fieldOf(table, column).nullable,
      `\`${name}\` is sorted by \`${column}\`, which is never null`,
    );
  if (timeColumn === undefined) return;
  const field = fieldOf(table, timeColumn);
  assert.ok(
    ['timestamp', 'date'].includes(typeNameOf(field)),
    `the time column of \`${name}\` holds instants or days`,
  );
  assert.ok(!field.nullable, `the time column of \`${name}\` is never null`);
}

function fieldOf({ name, schema }: TableDefinition, column: string): Field {
  const field = schema.fields.find((candidate) => candidate.name === column);
  assert.ok(field, `\`${name}\` has the column \`${column}\` that it names`);
  return field;
}
