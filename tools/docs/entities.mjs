// The diagram of a generator's tables: keys, and what refers to what, laid out by Graphviz.
import { instance } from '@viz-js/viz';

const graphviz = await instance();
const FONT = 'Helvetica';
/** Fonts of readers are wider than Helvetica, whose measures Graphviz knows: what is drawn is smaller than laid out. */
const SIZE = { layout: 14, drawn: 12 };
/** Where edges end: no column has this name. */
const HEAD = '-';
const COLOURS = { head: '#e8eef7', line: '#5b6b82', quiet: '#6b7280' };

/**
 * An SVG picture of tables, which looks the same on light and dark pages: their keys and references in full, of other
 * columns the number. Tables in `onDemand` are drawn with a broken outline. A crow's foot is at the many rows that
 * refer to one, a circle where they need not.
 */
export function entityDiagram(tables, onDemand) {
  const graph = {
    directed: true,
    graphAttributes: { rankdir: 'RL', nodesep: 0.35, ranksep: 0.9, bgcolor: 'white', pad: 0.2 },
    nodeAttributes: { shape: 'plain', fontname: FONT, fontsize: SIZE.layout },
    edgeAttributes: { color: COLOURS.line, dir: 'both', arrowhead: 'none', arrowtail: 'crow' },
    nodes: tables.map((table) => ({
      name: table.name,
      attributes: { label: { html: label(table, onDemand.has(table.name)) } },
    })),
    edges: tables.flatMap(references),
  };
  const { status, output: svg, errors } = graphviz.render(graph, { format: 'svg' });
  if (status !== 'success' || errors.length > 0)
    throw new Error(errors.map(({ message }) => message).join(' '));
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(`font-family="${FONT},sans-Serif"`, 'font-family="system-ui, sans-serif"')
    .replaceAll(`font-size="${SIZE.layout.toFixed(2)}"`, `font-size="${SIZE.drawn}"`);
}

/** A table as Graphviz's HTML: a row for its name, for each key and reference, and how many columns it has besides. */
function label({ name, schema, primaryKey, foreignKeys }, isOnDemand) {
  const references = new Set(foreignKeys.flatMap(({ columns }) => columns));
  const names = schema.fields.map((field) => field.name);
  const rows = names
    .filter((column) => primaryKey.includes(column) || references.has(column))
    .map((column) => {
      const key = primaryKey.includes(column)
        ? `<TD ALIGN="RIGHT"><FONT COLOR="${COLOURS.quiet}">key</FONT></TD>`
        : '<TD></TD>';
      return `<TR><TD ALIGN="LEFT" PORT="${column}">${column}</TD>${key}</TR>`;
    });
  const more = names.length - rows.length;
  if (more > 0) {
    const text = `${more} more column${more === 1 ? '' : 's'}`;
    rows.push(`<TR><TD ALIGN="LEFT"><FONT COLOR="${COLOURS.quiet}">${text}</FONT></TD><TD></TD></TR>`);
  }
  const style = isOnDemand ? ' STYLE="DASHED"' : '';
  const head = `<TR><TD COLSPAN="2" BGCOLOR="${COLOURS.head}" PORT="${HEAD}"><B>${name}</B></TD></TR>`;
  const look = `BORDER="1" COLOR="${COLOURS.line}" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4"${style}`;
  return `<TABLE ${look}>${head}${rows.join('')}</TABLE>`;
}

/** An edge for each foreign key, from its first column to the head of the table that it refers to. */
function references({ name, schema, foreignKeys }) {
  return foreignKeys.map(({ columns, table }) => {
    const isOptional = schema.fields.some((field) => columns.includes(field.name) && field.nullable);
    return {
      tail: name,
      head: table,
      attributes: {
        tailport: columns[0],
        headport: HEAD,
        arrowtail: isOptional ? 'crowodot' : 'crow',
      },
    };
  });
}
