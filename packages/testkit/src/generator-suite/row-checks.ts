import assert from 'node:assert/strict';
import type { TableDefinition } from '@datagen/core';
import { firstRowOutOfOrder } from './row-order.ts';
import { rowKeys } from './row-keys.ts';
import { type GeneratorCheck, Subject } from './suite.ts';

/** What holds between the rows of tables. */
export const rowChecks: readonly GeneratorCheck[] = [
  {
    name: 'gives every row a primary key of its own',
    run: (suite) => {
      const { generator, tables, window } = new Subject(suite);
      for (const table of tables) {
        const seen = new Set<string | undefined>();
        for (const key of rowKeys(generator, table, window, table.primaryKey)) {
          assert.ok(!seen.has(key), `two rows of \`${table.name}\` have the primary key ${String(key)}`);
          seen.add(key);
        }
      }
    },
  },
  {
    name: 'has a parent for every foreign key that is not null',
    run: (suite) => {
      const { generator, tables, window } = new Subject(suite);
      for (const table of tables) {
        for (const { columns, table: parentName, references } of table.foreignKeys) {
          const parent = tables.find(({ name }) => name === parentName) as TableDefinition;
          const known = new Set(rowKeys(generator, parent, window, references));
          for (const key of rowKeys(generator, table, window, columns))
            assert.ok(
              key === undefined || known.has(key),
              `a row of \`${table.name}\` refers to ${String(key)}, which \`${parentName}\` does not have`,
            );
        }
      }
    },
  },
  {
    name: 'sorts rows as its tables say',
    run: (suite) => {
      const { generator, tables, window } = new Subject(suite);
      for (const table of tables)
        assert.equal(firstRowOutOfOrder(generator, table, window), undefined, `order of \`${table.name}\``);
    },
  },
];
