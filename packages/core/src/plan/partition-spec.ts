import type { Block, PartitionValue } from '../dataset/block.ts';
import { DatagenError } from '../support/errors.ts';
import { nearestName } from '../support/names.ts';
import { option, sentence } from '../support/sentence.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DAY_MS, formatDay, formatIsoWeek, parseDay, type TimeRange } from '../support/time.ts';

export const TIME_UNITS = ['year', 'month', 'week', 'day', 'hour'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** One component of a partition: the directory `name=value` in Hive layouts. */
export type PartitionComponent = readonly [name: string, value: PartitionValue];

export interface PartitionSpecOptions {
  /** First UTC day, `YYYY-MM-DD`. */
  readonly startDate: string;
  /** Last UTC day, inclusive. */
  readonly endDate: string;
  /**
   * Coarse to fine: `year`, `month`, `week`, `day`, `hour`, or columns that hold one value per block.
   * @default []
   */
  readonly partitionBy?: string | readonly string[];
}

/** Whether a component of a partition is a unit of time, not a column. */
export const isTimeUnit = (name: string): name is TimeUnit =>
  (TIME_UNITS as readonly string[]).includes(name);

/** Characters of the ISO time that name a unit: `2026`, `2026-01`, `2026-01-05`, `2026-01-05T13`. */
const ISO_LENGTH: Record<Exclude<TimeUnit, 'week'>, number> = { year: 4, month: 7, day: 10, hour: 13 };

/** The units that have a number in a calendar of their own, coarse to fine. */
const CALENDAR = ['year', 'month', 'day', 'hour'] as const;

/** Hive readers expect exactly this in place of a null; pyarrow takes it for one however it is encoded. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

/** 2^53 microseconds before and after 1970 end in 1684 and 2255. */
const FIRST_DAY = '1700-01-01';
const LAST_DAY = '2250-12-31';

/** The window of days to generate and the columns and time units that cut a table into partitions. */
export class PartitionSpec {
  readonly startDate: string;
  readonly endDate: string;
  readonly partitionBy: readonly string[];
  readonly window: TimeRange;

  constructor({ startDate, endDate, partitionBy: names = [] }: PartitionSpecOptions) {
    const partitionBy = typeof names === 'string' ? [names] : names;
    const startMs = parseDay(startDate, 'startDate');
    const endMs = parseDay(endDate, 'endDate') + DAY_MS;
    if (endMs <= startMs) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected ${option('endDate')} (${endDate}) to be on or after ${option('startDate')} (${startDate}); both days are included.`,
        { details: { option: 'endDate', value: endDate } },
      );
    }
    for (const [name, day] of [
      ['endDate', endDate],
      ['startDate', startDate],
    ] as const) {
      if (FIRST_DAY <= day && day <= LAST_DAY) continue;
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected ${option(name)} to lie between ${FIRST_DAY} and ${LAST_DAY}, where instants of microseconds are exact, got ${day}.`,
        { details: { option: name } },
      );
    }
    const units = partitionBy.filter(isTimeUnit).map((unit) => TIME_UNITS.indexOf(unit));
    if (
      new Set(partitionBy).size !== partitionBy.length ||
      units.some((unit, i) => unit < (units[i - 1] ?? 0))
    ) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected ${option('partitionBy')} to go from coarse to fine without repeats (${TIME_UNITS.join(', ')}), got "${partitionBy.join(',')}".`,
        { details: { option: 'partitionBy', value: partitionBy } },
      );
    }
    this.startDate = startDate;
    this.endDate = endDate;
    this.partitionBy = partitionBy;
    this.window = { startMs, endMs };
  }

  /** The last `dayCount` whole UTC days before the day `todayMs` lies in. */
  static lastDays(dayCount: number, todayMs: number, partitionBy: readonly string[] = []): PartitionSpec {
    return new PartitionSpec({
      startDate: formatDay(todayMs - dayCount * DAY_MS),
      endDate: formatDay(todayMs - DAY_MS),
      partitionBy,
    });
  }

  /**
   * The components that apply to a table: master data has no time and is never split by it, and a column
   * cuts only the tables that have it. A name that fits none of `tables` is refused by `checkPartitionBy`.
   */
  componentsFor(table: TableDefinition): readonly string[] {
    if (table.timeColumn === undefined) return [];
    return this.partitionBy.filter((name) => isTimeUnit(name) || hasColumn(table, name));
  }

  /** The columns among the components that apply to a table. */
  columnsFor(table: TableDefinition): readonly string[] {
    return this.componentsFor(table).filter((name) => !isTimeUnit(name));
  }

  /** The partition a block lies in; refuses a component that is finer than the block. */
  partitionOf(table: TableDefinition, block: Block): readonly PartitionComponent[] {
    const names = this.componentsFor(table);
    return names.map((name, i) => {
      if (isTimeUnit(name)) return [name, timeComponent(table, block, name, names.slice(0, i))] as const;
      const value = block.values?.[name];
      if (value === undefined) {
        const usable = [...TIME_UNITS, ...Object.keys(block.values ?? {})].join(', ');
        throw new DatagenError(
          'INVALID_OPTION',
          `Cannot partition \`${table.name}\` by \`${name}\`: its blocks hold more than one value of it. Use one of: ${usable}.`,
          { details: { option: 'partitionBy', value: name, table: table.name } },
        );
      }
      if (value === '' || value === HIVE_NULL) {
        throw new DatagenError(
          'INVALID_OPTION',
          `Cannot partition \`${table.name}\` by \`${name}\`: "${value}" is among its values, and readers of partition folders take that for a null. Use another column or a time unit.`,
          { details: { table: table.name, column: name, value } },
        );
      }
      return [name, value] as const;
    });
  }
}

/**
 * Refuses a `partitionBy` name that is neither a time unit nor a column of any table that has time. `all` are the tables
 * of the generator, if only some are written.
 */
export function checkPartitionBy(
  spec: PartitionSpec,
  tables: readonly TableDefinition[],
  all: readonly TableDefinition[] = tables,
): void {
  const timed = tables.filter((table) => table.timeColumn !== undefined);
  for (const name of spec.partitionBy) {
    if (isTimeUnit(name) || timed.some((table) => hasColumn(table, name))) continue;
    const known = [...TIME_UNITS, ...new Set(timed.flatMap((table) => table.schema.names.map(String)))];
    const owners = all.filter((table) => hasColumn(table, name)).map(ownerText);
    const nearest = owners.length === 0 ? nearestName(name, known) : undefined;
    throw new DatagenError(
      'INVALID_OPTION',
      `Cannot partition by \`${name}\`: ${owners.length === 0 ? 'no table has that column' : owners.join('; ')}.` +
        `${nearest === undefined ? '' : ` Did you mean "${nearest}"?`} Use a time unit (${TIME_UNITS.join(', ')}) or a column that is constant in a block.`,
      { details: { option: 'partitionBy', value: name } },
    );
  }
}

/** Why a column of a table partitions nothing. */
function ownerText({ name, timeColumn }: TableDefinition): string {
  return `\`${name}\` has that column, ${timeColumn === undefined ? 'but no time, and is never partitioned' : 'but is not written'}`;
}

function hasColumn(table: TableDefinition, name: string): boolean {
  return table.schema.fields.some((field) => field.name === name);
}

function timeComponent(
  table: TableDefinition,
  block: Block,
  unit: TimeUnit,
  coarser: readonly string[],
): string {
  if (block.time === undefined) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Block ${block.key} of \`${table.name}\` has no time, but the table does.`,
    );
  }
  const { startMs, endMs } = block.time;
  const text = unitText(startMs, unit);
  if (unitText(endMs - 1, unit) !== text) {
    const finest = TIME_UNITS.filter((u) => unitText(startMs, u) === unitText(endMs - 1, u)).at(-1) ?? 'none';
    throw new DatagenError(
      'INVALID_OPTION',
      `Cannot partition \`${table.name}\` by \`${unit}\`: it is generated in longer blocks. The finest unit that works is \`${finest}\`.`,
      { details: { option: 'partitionBy', value: unit, table: table.name } },
    );
  }
  if (unit === 'week') return text;
  // Below its parent a unit says only what the parent does not (year=2026/month=01); alone it names the whole instant.
  const parents = coarser.filter((name): name is keyof typeof ISO_LENGTH => name in ISO_LENGTH);
  const parent = parents.at(-1);
  return parent === undefined ? text : text.slice(ISO_LENGTH[parent] + 1);
}

function unitText(ms: number, unit: TimeUnit): string {
  return unit === 'week' ? formatIsoWeek(ms) : new Date(ms).toISOString().slice(0, ISO_LENGTH[unit]);
}

/** `year=2026/month=01`, or the empty text for an unpartitioned table. */
export function hivePath(partition: readonly PartitionComponent[]): string {
  return partition.map(([name, value]) => `${name}=${hiveValue(value)}`).join('/');
}

function hiveValue(value: PartitionValue): string {
  if (value === null) return HIVE_NULL;
  // A lone dot would be a path, and DuckDB takes `null` for a null whatever its case, unless a character of it is encoded.
  return encoded(value)
    .replace(/^\.+$/, (dots) => dots.replace(/\./g, percent))
    .replace(/^n(?=ull$)/i, percent);
}

/**
 * The same partition by numbers of the calendar, each unit of time with the ones above it: a month `2026-01` is year 2026
 * and month 1.
 */
export function calendarComponents(partition: readonly PartitionComponent[]): readonly PartitionComponent[] {
  let said = 0;
  return partition.flatMap(([name, value]) => {
    if (!isTimeUnit(name) || name === 'week') return [[name, value] as const];
    // `2026-01-05T13`, or the end of it that the units before do not say.
    return String(value)
      .split(/[-T]/)
      .map((part) => [CALENDAR[said++] ?? name, Number(part)] as const);
  });
}

/** The folders that DuckDB's writers give to such a partition: `year=2026/month=1`. */
export function calendarPath(partition: readonly PartitionComponent[]): string {
  return calendarComponents(partition)
    .map(([name, value]) => `${name}=${value === null ? HIVE_NULL : encoded(value)}`)
    .join('/');
}

/** Percent-encoded; encodeURIComponent leaves !'()* alone, and Hive escapes * and '. */
function encoded(value: string | number): string {
  return encodeURIComponent(String(value)).replace(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
