import type { GeneratorPlugin, TableDefinition } from '@datagen/core';
import {
  type Block,
  column,
  DAY_MS,
  defineTable,
  float64,
  int64,
  type TableOptions,
  text,
} from '@datagen/core/generator';
import type { RecordBatch } from 'apache-arrow';
import { batchOf, type Row, type RowGenerator, rowPlugin } from './row-generator.ts';

/** Replaces the rows of `visits`, each by the function of it and its place in its block. */
function mapVisits(change: (row: Row, i: number, block: Block, generator: RowGenerator) => Row | Row[]) {
  return rowPlugin((generator) => {
    const rows = generator.rows.bind(generator);
    generator.rows = (table, block) =>
      table.name === 'visits'
        ? rows(table, block).flatMap<Row>((row, i) => change(row, i, block, generator))
        : rows(table, block);
  });
}

/** Replaces the blocks of `visits` that a caller gets. */
function mapBlocks(
  change: (blocks: Block[], ...asked: Parameters<RowGenerator['blocks']>) => Block[],
): GeneratorPlugin {
  return rowPlugin((generator) => {
    const blocks = generator.blocks.bind(generator);
    generator.blocks = function* (...asked) {
      const listed = [...blocks(...asked)];
      yield* asked[0].name === 'visits' ? change(listed, ...asked) : listed;
    };
  });
}

/** Replaces what `visits` says of itself; its rows stay. */
function mapTable(change: Partial<TableDefinition>, name = 'visits'): GeneratorPlugin {
  return rowPlugin((generator) => {
    generator.tables = generator.tables.map((table) =>
      table.name === name ? { ...table, ...change } : table,
    );
  });
}

/** Declares the columns of `visits` again; batches keep those that they had. */
function mapColumns(change: (columns: TableOptions['columns']) => TableOptions['columns']): GeneratorPlugin {
  return rowPlugin((generator) => {
    const made = generator.tables;
    generator.tables = made.map((table) =>
      table.name === 'visits' ? defineTable({ ...table, columns: change(table.schema.fields) }) : table,
    );
    const generate = generator.generate.bind(generator);
    generator.generate = ({ name }, ...rest) =>
      generate(made.find((table) => table.name === name) as TableDefinition, ...rest);
  });
}

const replaceColumn = (name: string, made: TableOptions['columns'][number]) =>
  mapColumns((columns) => columns.map((field) => (field.name === name ? made : field)));

/** For each check of `generatorChecks`, generators that break what it looks at, by what is wrong with them. */
export const brokenGenerators: Readonly<Record<string, Readonly<Record<string, GeneratorPlugin>>>> = {
  'is made by its plug-in, here and on another thread': {
    'another name': rowPlugin((generator) => {
      generator.name = 'others';
    }),
    'a version that is no number': rowPlugin((generator) => {
      generator.version = Number.NaN;
    }),
    'not exported': rowPlugin(undefined, { export: 'nothing' }),
    'a module that is not there': rowPlugin(undefined, {
      module: new URL('nowhere.ts', import.meta.url).href,
    }),
    'options that cannot cross to a thread': rowPlugin((generator) => {
      generator.config = { ...generator.config, hook: () => 1 } as never;
    }),
  },
  'names, documents and keys its tables, parents before children': {
    'no tables': rowPlugin((generator) => {
      generator.tables = [];
    }),
    'two tables of one name': mapTable({ name: 'places' }),
    'a name that SQL has to quote': mapTable({ name: 'Visits 2' }),
    'no description': mapTable({ description: '' }),
    'a column without a doc': replaceColumn('score', column('score', int64(), '')),
    'no primary key': mapTable({ primaryKey: [] }),
    'a primary key that may be null': mapTable({ primaryKey: ['name'] }),
    'a key of a column that is not there': mapTable({ primaryKey: ['nothing'] }),
    'a child before its parent': rowPlugin((generator) => {
      generator.tables = [...generator.tables].reverse();
    }),
    'a reference to something else than the primary key': mapTable({
      foreignKeys: [{ columns: ['name'], table: 'places', references: ['name'] }],
    }),
    'keys of other types': mapTable({
      foreignKeys: [{ columns: ['name', 'score'], table: 'places', references: ['name', 'zone'] }],
    }),
    'a time column of numbers': mapTable({ timeColumn: 'score' }),
    'an order by a column that may be null': mapTable({ sortedBy: ['name'] }),
  },
  'lists blocks in the order of their keys, each with its time and rows': {
    'no blocks': mapBlocks(() => []),
    'blocks out of order': mapBlocks((blocks) => blocks.reverse()),
    'a block twice': mapBlocks((blocks) => blocks.flatMap((block) => [block, block])),
    'a number of rows that is none': mapBlocks((blocks) =>
      blocks.map((block) => ({ ...block, rowCount: Number.NaN })),
    ),
    'no time': mapBlocks((blocks) => blocks.map(({ time: _, ...block }) => block)),
    'a block before the window': mapBlocks(([first, ...rest]) =>
      first?.time === undefined
        ? rest
        : [{ ...first, time: { ...first.time, startMs: first.time.startMs - 1 } }, ...rest],
    ),
    'a value of a column that is not there': mapBlocks((blocks) =>
      blocks.map((block) => ({ ...block, values: { nothing: 1 } })),
    ),
    'values in some blocks only': mapBlocks((blocks) =>
      blocks.map((block, i) => (i === 2 ? { ...block, values: {} } : block)),
    ),
  },
  'makes the rows that its blocks promise, in batches of the declared columns': {
    'a row more': mapVisits((row, i) => (i === 5 ? [row, row] : row)),
    'a row less': mapVisits((row, i) => (i === 5 ? [] : row)),
    'other columns than declared': mapColumns((columns) => [...columns].reverse()),
    'a column of another type': replaceColumn('score', column('score', float64(), 'Any number')),
    'a column that is nullable in batches alone': replaceColumn('name', column('name', text(), 'Place')),
    'a null where none may be': mapVisits((row, i) => (i === 7 ? { ...row, score: null } : row)),
    'a table without any rows': rowPlugin((generator) => {
      const blocks = generator.blocks.bind(generator);
      generator.blocks = function* (...asked) {
        for (const block of blocks(...asked)) yield { ...block, rowCount: 0 };
      };
      generator.rows = () => [];
    }),
  },
  'puts every row into the time of its block': {
    'a row at the end of its block': mapVisits((row, i, { time }) =>
      i === 299 ? { ...row, ts: (time?.endMs ?? 0) * 1_000 } : row,
    ),
    'a row a microsecond before its block': mapVisits((row, i, { time }) =>
      i === 0 ? { ...row, ts: (time?.startMs ?? 0) * 1_000 - 1 } : row,
    ),
  },
  'has one value per block in the columns that it says are constant': {
    'a row of the other half': mapVisits((row, i) => (i === 250 ? { ...row, half: 'none' } : row)),
    'a value of the wrong half': mapBlocks((blocks) =>
      blocks.map((block) => ({ ...block, values: { half: 'forenoon' } })),
    ),
  },
  'leaves out no block that a caller wants': {
    'the first wanted one': mapBlocks((blocks, _table, _window, wanted) =>
      wanted?.from === undefined ? blocks : blocks.slice(1),
    ),
    'those of a value': mapBlocks((blocks, _table, _window, wanted) =>
      wanted?.values?.['half'] === 'afternoon' ? [] : blocks,
    ),
    'another number of rows where less is wanted': mapBlocks((blocks, _table, _window, wanted) =>
      wanted?.values === undefined ? blocks : blocks.map((block) => ({ ...block, rowCount: 1 })),
    ),
  },
  'gives every row a primary key of its own': {
    'a key twice in a block': mapVisits((row, i) => ({
      ...row,
      number: i === 1 ? Number(row['number']) - 1 : Number(row['number']),
    })),
    'the keys of a block again in the next day': mapVisits((row, i) => ({ ...row, number: i })),
  },
  'has a parent for every foreign key that is not null': {
    'a parent that is not there': mapVisits((row, i) => (i === 9 ? { ...row, name: 'x', zone: 'y' } : row)),
    'a key that only looks like another': mapVisits((row, i) =>
      i === 9 ? { ...row, name: 'a|b|c', zone: '' } : row,
    ),
    'a text that looks like a null': rowPlugin((generator) => {
      const rows = generator.rows.bind(generator);
      const blocks = generator.blocks.bind(generator);
      generator.rows = (table, block) =>
        rows(table, block).filter((row) => table.name !== 'places' || row['name'] !== 'null');
      generator.blocks = function* (...asked) {
        for (const block of blocks(...asked))
          yield asked[0].name === 'places' ? { ...block, rowCount: 2 } : block;
      };
    }),
  },
  'sorts rows as its tables say': {
    'a row that falls': mapVisits((row, i) =>
      i === 100 ? { ...row, ts: Number(row['ts']) - 2_000_000 } : row,
    ),
  },
  'makes the same rows in batches of any size': {
    'values that begin again in each batch': mapVisits((row, i, _block, { chunkSize }) => ({
      ...row,
      score: i % chunkSize,
    })),
  },
  'makes the same rows in memory that is used again': {
    'values of the batch before, read too late': rowPlugin((generator) => {
      generator.generate = function* (table, block, memory) {
        const rows = generator.rows(table, block);
        let last: RecordBatch | undefined;
        for (let start = 0; start < rows.length; start += 97) {
          // Built in the memory of the last one, which is read afterwards.
          const chunk = rows.slice(start, start + 97);
          const scores = last?.getChild('score');
          if (memory !== undefined)
            batchOf(
              table,
              chunk.map((row) => ({ ...row, score: 7 })),
              memory,
            );
          const added = Number(scores?.get(0) ?? 0) % 1_000;
          last = batchOf(
            table,
            chunk.map((row) => ('score' in row ? { ...row, score: Number(row['score']) + added } : row)),
            memory,
          );
          yield last;
        }
      };
    }),
  },
  'makes the same rows in any order of blocks and from a fresh instance': {
    'rows that depend on those made before': rowPlugin((generator) => {
      const rows = generator.rows.bind(generator);
      let made = 0;
      generator.rows = (table, block) => {
        made++;
        return rows(table, block).map((row) => ('score' in row ? { ...row, score: made } : row));
      };
    }),
    'rows that are drawn from no seed': mapVisits((row) => ({
      ...row,
      score: Math.floor(Math.random() * 1e9),
    })),
  },
  'lists and makes the same blocks in any window that has them': {
    'other rows in a longer window': mapBlocks((blocks, _table, { startMs, endMs }) =>
      blocks.map((block) => ({ ...block, rowCount: Math.round((endMs - startMs) / DAY_MS) })),
    ),
    'rows that depend on the window listed last': rowPlugin((generator) => {
      const [blocks, rows] = [generator.blocks.bind(generator), generator.rows.bind(generator)];
      let added = 0;
      generator.blocks = (table, window, wanted) => {
        added = window.endMs / DAY_MS;
        return blocks(table, window, wanted);
      };
      generator.rows = (table, block) =>
        rows(table, block).map((row) =>
          'score' in row ? { ...row, score: Number(row['score']) + added } : row,
        );
    }),
    'blocks that a longer window leaves out': mapBlocks((blocks, _table, { startMs, endMs }) =>
      endMs - startMs > 10 * DAY_MS ? blocks.slice(0, 4) : blocks,
    ),
  },
  'puts every block into one file, with the same rows, for any partitioning and size of files': {
    'fewer blocks in a window of one day': mapBlocks((blocks, _table, { startMs, endMs }) =>
      endMs - startMs > DAY_MS ? blocks : blocks.slice(0, 1),
    ),
    'rows that depend on the block made before': rowPlugin((generator) => {
      const rows = generator.rows.bind(generator);
      let last = '';
      generator.rows = (table, block) => {
        const isNext = last < block.key;
        last = block.key;
        return rows(table, block).map((row) => ('score' in row && !isNext ? { ...row, score: 1 } : row));
      };
    }),
  },
  'is another dataset for another seed, and the same one for another window and layout of files': {
    'the same rows for every seed': mapVisits((row) => ({ ...row, score: 1 })),
    'a seed that is not kept': rowPlugin((generator) => {
      const { seed } = generator.config;
      const rows = generator.rows.bind(generator);
      generator.config = { ...generator.config, seed: 42 };
      generator.rows = (table, block) =>
        rows(table, block).map((row) => ('score' in row ? { ...row, score: seed } : row));
    }),
    'rows that depend on the size of files': mapVisits((row, _i, _block, { config }) => ({
      ...row,
      score: Number(row['score']) + config.fileRowsTarget,
    })),
    'rows that depend on the first day': mapVisits((row, _i, _block, { config }) => ({
      ...row,
      score: Number(row['score']) + (config.startDate ?? '').length,
    })),
    'an identity that depends on dates': rowPlugin((generator) => {
      generator.config = { ...generator.config, first: generator.config.startDate } as never;
    }),
  },
  'matches the golden digests for the seeds 42, 1337, 1211': {
    'other rows with one seed': mapVisits((row, i, _block, { config }) =>
      config.seed === 1211 && i === 0 ? { ...row, score: 1 } : row,
    ),
    'another version': rowPlugin((generator) => {
      generator.version = 2;
    }),
  },
};
