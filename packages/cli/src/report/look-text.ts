import type { ReadValue } from '@datagen/core';
import { type ColumnProfile, type TableProfile, type TimeUnit, valueText } from '@datagen/look';
import { bytesText, countOf, countText } from '@datagen/look/text';
import { formatTable, type TextColumn, TextTable } from '../terminal/format-table.ts';
import { bold, coloured, faint, type Io, widthOf } from '../terminal/io.ts';
import { estimateText } from '../terminal/text.ts';
import { barsText, cut, oneLine, shareText, sharesText } from './pictures.ts';

/** Where the output is no terminal. */
const PIPED_WIDTH = 120;
const LONGEST_NAME = 30;
const LONGEST_BOUND = 26;
const WIDEST_BARS = 60;
const LEAST_BARS = 4;
const LONGEST_UNIT = ' by 12 minutes'.length;
/** With less room beside a column's facts its picture has a line of its own. */
const LEAST_PICTURE = 44;
const LONGEST_CELL = 40;

/** What a format calls its versions, for the headline. */
export interface LookNames {
  readonly format: string;
  readonly versionNoun: string;
}

/** A table as text: its counts, a line and a picture for each column, and some rows. */
export function lookText(table: TableProfile, names: LookNames, io: Io): string {
  const width = io.stdout.isTTY === true ? widthOf(io.stdout) : PIPED_WIDTH;
  const lines = [
    headline(table, names, io),
    ...table.warnings.map((warning) => `Note: ${warning}`),
    '',
    ...columnLines(table, width, io),
    '',
    ...rowLines(table, width, io),
    ...sampleNote(table),
    '',
  ];
  return lines.join('\n');
}

function headline(table: TableProfile, { format, versionNoun }: LookNames, io: Io): string {
  const { name, version, committedMs, rowCount, isEstimate, fileCount, byteSize } = table;
  const rows = `${estimateText(rowCount, isEstimate !== true)} ${rowCount === 1 ? 'row' : 'rows'}`;
  const time =
    committedMs === undefined
      ? ''
      : ` of ${new Date(committedMs).toISOString().slice(0, 16).replace('T', ' ')}`;
  const state = version === undefined ? format : `${format} ${versionNoun} ${version}${time}`;
  return `${bold(name, io.stdout, io.env)}: ${rows} in ${countOf(fileCount, 'file')}, ${bytesText(byteSize)} (${state})`;
}

function columnLines({ columns }: TableProfile, width: number, io: Io): string[] {
  const header: TextColumn[] = [
    { header: 'column' },
    { header: 'type' },
    { header: 'nulls', align: 'right' },
    { header: 'distinct', align: 'right' },
  ];
  const facts = columns.map(({ name, type, nullShare, distinct }) => [
    cut(oneLine(name), LONGEST_NAME),
    type,
    nullShare.value === 0 ? '0' : `${nullShare.isExact ? '' : '~'}${shareText(nullShare.value)}`,
    `${distinct.isExact ? '' : '≥ '}${countText(distinct.value)}`,
  ]);
  const [head = '', ...lines] = formatTable(header, facts);
  const factsWidth = [head, ...lines].reduce((widest, line) => Math.max(widest, line.length), 0);
  const isBeside = width - factsWidth - 3 >= LEAST_PICTURE;
  const room = isBeside ? width - factsWidth - 3 : width - 2;
  const padded = (line: string) => line.padEnd(factsWidth);
  const text = columns.flatMap((column, i) => {
    const line = lines[i] ?? '';
    const picture = pictureText(column, room, io);
    if (picture === '') return [line];
    return isBeside ? [`${padded(line)}   ${picture}`] : [cut(line, width), `  ${picture}`];
  });
  const title = isBeside ? `${padded(head)}   values` : cut(head, width);
  return [bold(title, io.stdout, io.env), ...text];
}

/** Bounds with the values between them, or the shares of the values. */
function pictureText({ type, min, max, picture }: ColumnProfile, width: number, io: Io): string {
  const painted = (text: string) => coloured(text, io.stdout, io.env);
  if (picture?.kind === 'shares') {
    const { bar, legend } = sharesText(picture, width);
    return `${painted(bar)}  ${legend}`;
  }
  if (min === undefined || max === undefined) return faint('no values', io.stdout, io.env);
  const longest = Math.min(LONGEST_BOUND, Math.floor((width - 3) / 2));
  const bound = ({ value, isExact }: typeof min) =>
    `${isExact ? '' : '~'}${cut(oneLine(boundText(type, value)), longest)}`;
  const [low, high] = [bound(min), bound(max)];
  if (low === high) return low;
  const barWidth = Math.min(WIDEST_BARS, width - low.length - high.length - LONGEST_UNIT - 4);
  if (picture === undefined || barWidth < LEAST_BARS) return `${low} … ${high}`;
  const { bars, perBar } = barsText(picture, barWidth);
  const before = picture.below > 0 ? ' … ' : ' ';
  const after = picture.above > 0 ? ' … ' : ' ';
  const unit = picture.unit === undefined ? '' : unitText(picture.unit, perBar);
  return `${low}${before}${painted(bars)}${after}${high}${faint(unit, io.stdout, io.env)}`;
}

/** An instant to the minute: its place is what matters beside a picture. */
function boundText(type: string, value: ReadValue): string {
  const text = valueText(type, value);
  return type === 'timestamp' ? text.slice(0, 16) : text;
}

function unitText({ count, name }: TimeUnit, perBar: number): string {
  const all = count * perBar;
  return all === 1 ? ` by ${name}` : ` by ${String(all)} ${name}s`;
}

function rowLines({ columns, rows }: TableProfile, width: number, io: Io): string[] {
  if (rows.length === 0) return [];
  const headers: TextColumn[] = columns.map(({ name, type }) => ({
    header: oneLine(name),
    align: /^(u?int|float|decimal)/.test(type) ? 'right' : 'left',
  }));
  const texts = rows.map((row) =>
    row.map((value, i) =>
      value === null ? 'null' : cut(oneLine(valueText(columns[i]?.type ?? '', value)), LONGEST_CELL),
    ),
  );
  const count = new TextTable(headers, texts).fittingColumnCount(width);
  const shown = formatTable(headers.slice(0, count), texts, (line) => bold(line, io.stdout, io.env));
  const hidden = headers.length - count;
  return [...shown, ...(hidden === 0 ? [] : [`… and ${countOf(hidden, 'column')} beyond this width`]), ''];
}

/** What of it is of a part of the rows. */
function sampleNote({ isWhole, sampleRowCount, rowCount, columns }: TableProfile): string[] {
  if (isWhole || rowCount === 0) return [];
  const sample = `of a sample of ${countOf(sampleRowCount, 'row')} from all over the table.`;
  const isStated = columns.every(({ nullShare }) => nullShare.isExact);
  return [
    isStated
      ? `Counts, nulls and bounds are of all rows; shares, distinct values (≥) and most bars ${sample}`
      : `Nulls, bounds, shares, distinct values (≥) and bars are ${sample}`,
    '',
  ];
}
