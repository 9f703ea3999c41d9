import type { ReadValue } from '@datagen/core';
import type { ColumnProfile, Measure, TableProfile } from '../profile/table-profile.ts';
import type { TimeUnit } from '../profile/time-unit.ts';
import { valueText } from '../profile/value-text.ts';
import { bytesText, countOf, countText } from '../text.ts';
import { escapeHtml } from './escape.ts';
import { histogramPlot, percentText, sharesPlot } from './plots.ts';
import { STYLE } from './style.ts';

/** Where the tables lie, and what their format calls its versions. */
export interface Place {
  readonly place: string;
  readonly format: string;
  readonly versionNoun: string;
}

/** One page on all tables that needs no script and no network: pictures are drawn as it is made. */
export function lookPage(where: Place, tables: readonly TableProfile[]): string {
  const rows = tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const links = tables.map(({ name }) => `<a href="#${idOf(name)}">${escapeHtml(name)}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(where.place)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(where.place)}</h1>
<p class="faint">${escapeHtml(where.format)}, ${countOf(tables.length, 'table')}, ${countOf(rows, 'row')}</p>
<nav>${links.join('')}</nav>
</header>
<main>
${tables.map((table) => tableSection(table, where)).join('\n')}
</main>
</body>
</html>
`;
}

function tableSection(table: TableProfile, { versionNoun }: Place): string {
  const { name, version, committedMs, rowCount, isEstimate, fileCount, byteSize, warnings } = table;
  const facts = [
    `${isEstimate === true ? '~' : ''}${countOf(rowCount, 'row')}`,
    countOf(fileCount, 'file'),
    bytesText(byteSize),
    ...(version === undefined ? [] : [`${versionNoun} ${escapeHtml(version)}`]),
    ...(committedMs === undefined
      ? []
      : [`committed ${new Date(committedMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`]),
  ];
  return `<section id="${idOf(name)}">
<h2>${escapeHtml(name)}</h2>
<p class="faint">${facts.join(' · ')}</p>
${sampleText(table)}
${warnings.map((warning) => `<p class="note">${escapeHtml(warning)}</p>`).join('\n')}
<div class="columns">
${table.columns.map((column) => columnCard(column, table)).join('\n')}
</div>
${rowsTable(table)}
</section>`;
}

function sampleText({ isWhole, sampleRowCount, rowCount, columns }: TableProfile): string {
  if (isWhole || rowCount === 0) return '';
  const sample = `of a sample of ${countOf(sampleRowCount, 'row')} from all over the table.`;
  const isStated = columns.every(({ nullShare }) => nullShare.isExact);
  return isStated
    ? `<p class="faint">Nulls and bounds are of all rows; shares, distinct values (≥) and most plots ${sample}</p>`
    : `<p class="faint">Nulls, bounds, shares, distinct values (≥) and plots are ${sample}</p>`;
}

function columnCard(column: ColumnProfile, table: TableProfile): string {
  const { name, type, doc, nullShare, distinct, min, max } = column;
  const bound = ({ value, isExact }: Measure<ReadValue>) =>
    `${isExact ? '' : '~ '}${escapeHtml(valueText(type, value))}`;
  const facts = [
    ['nulls', `${nullShare.isExact ? '' : '~ '}${percentText(nullShare.value)}`],
    ['distinct', `${distinct.isExact ? '' : '≥ '}${countText(distinct.value)}`],
    ...(min === undefined ? [] : [['min', bound(min)] as const]),
    ...(max === undefined ? [] : [['max', bound(max)] as const]),
  ];
  return `<article class="column">
<h3>${escapeHtml(name)}<small>${escapeHtml(type)}</small></h3>
${doc === undefined ? '' : `<p class="doc">${docHtml(doc)}</p>`}
<dl>${facts.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('')}</dl>
${pictureOf(column, table)}
</article>`;
}

/** What is between backticks in a description is code, as in Markdown. */
function docHtml(doc: string): string {
  return escapeHtml(doc).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function pictureOf({ name, picture }: ColumnProfile, table: TableProfile): string {
  if (picture === undefined) return '';
  if (picture.kind === 'shares') return `<figure>${sharesPlot(picture, `Shares of ${name}`)}</figure>`;
  const { unit, below, above, isOfAll } = picture;
  const beyond = (below + above) / Math.max(1, table.rowCount);
  const notes = [
    ...(unit === undefined ? [] : [`rows by ${unitText(unit)}`]),
    ...(isOfAll ? ['all rows, spread evenly within pages'] : []),
    ...(beyond > 0 ? [`${percentText(beyond)} of the rows are farther out`] : []),
  ];
  const caption = notes.length === 0 ? '' : `<figcaption>${notes.join('; ')}</figcaption>`;
  return `<figure>${histogramPlot(picture, `Distribution of ${name}`)}${caption}</figure>`;
}

function unitText({ count, name }: TimeUnit): string {
  return count === 1 ? name : `${String(count)} ${name}s`;
}

function rowsTable({ columns, rows }: TableProfile): string {
  if (rows.length === 0) return '';
  const head = columns.map(({ name }) => `<th>${escapeHtml(name)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = row.map((value, i) => {
      const type = columns[i]?.type ?? '';
      const isNumber = /^(u?int|float|decimal)/.test(type);
      const text = value === null ? '<span class="faint">null</span>' : escapeHtml(valueText(type, value));
      return `<td${isNumber ? ' class="number"' : ''}>${text}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="rows"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function idOf(name: string): string {
  return `table-${encodeURIComponent(name)}`;
}
