import type { Block } from '../dataset/block.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';
import type { TimeRange } from '../support/time.ts';

/**
 * Refuses, by `INVALID_PLUGIN`, a block that breaks the contract of `Block`: before a row is made, and naming the
 * block. `previousKey` is that of the block listed before it, `window` the one that blocks were asked for. Costs some tens
 * of nanoseconds.
 */
export function checkBlock(
  table: TableDefinition,
  block: Block,
  previousKey: string | undefined,
  window: TimeRange,
): void {
  const { key, rowCount, time } = block;
  const { name, timeColumn } = table;
  if (typeof key !== 'string' || key === '')
    refuse(table, `Expected the key of each block of \`${name}\` to be a text, got ${textOf(key)}`);
  if (key === previousKey)
    refuse(table, `Expected every block of \`${name}\` to have a key of its own, got ${key} twice`);
  if (previousKey !== undefined && key < previousKey)
    refuse(
      table,
      `Expected blocks of \`${name}\` in the order of their keys, got ${key} after ${previousKey}`,
    );
  if (!Number.isSafeInteger(rowCount) || rowCount < 0)
    refuse(
      table,
      `${expectedBlock(name, key)} to have a whole number of rows from 0 on, got ${textOf(rowCount)}`,
    );
  if (time === undefined && timeColumn !== undefined)
    refuse(
      table,
      `${expectedBlock(name, key)} to have a \`time\`, as the table has the time column \`${timeColumn}\`, got none`,
    );
  if (time === undefined) return;
  if (timeColumn === undefined)
    refuse(
      table,
      `${expectedBlock(name, key)} to have no \`time\`, as the table has no \`timeColumn\`, got one`,
    );
  // Written so that NaN is refused too.
  if (!(time.startMs >= window.startMs && time.startMs < window.endMs))
    refuse(
      table,
      `${expectedBlock(name, key)} to start in the window (${spanText(window)}), got ${instantText(time.startMs)}`,
    );
  if (!(time.endMs > time.startMs))
    refuse(table, `${expectedBlock(name, key)} to end after it starts, got ${spanText(time)}`);
}

function refuse({ name }: TableDefinition, problem: string): never {
  throw new DatagenError('INVALID_PLUGIN', `${problem}.`, { details: { table: name } });
}

function expectedBlock(table: string, key: string): string {
  return `Expected block ${key} of \`${table}\``;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function spanText({ startMs, endMs }: TimeRange): string {
  return `${instantText(startMs)} to ${instantText(endMs)}`;
}

function instantText(ms: number): string {
  const instant = new Date(ms);
  return Number.isNaN(instant.getTime()) ? String(ms) : instant.toISOString();
}
