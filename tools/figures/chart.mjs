// Panels of a figure, as one SVG file that stands alone and looks the same on light and dark pages.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<html><body></body></html>');
const GAP = 24;
const TITLE_HEIGHT = 26;
const FONT = 'font-family="system-ui, sans-serif"';

export const COLOURS = { ours: '#1f77b4', naive: '#c7c7c7', reference: '#d62728', other: '#ff7f0e' };

/** A panel: a title that states what is seen, and the options of Observable Plot. */
export function panel(title, { width = 440, height = 260, ...options }) {
  const plot = Plot.plot({ document, width, height, marginLeft: 50, ...options });
  // With a legend, Plot makes a figure with several pictures in it; panels label their marks instead.
  if (plot.tagName.toLowerCase() !== 'svg') throw new Error(`"${title}" has a legend: label its marks.`);
  return { title, width, height, plot };
}

/** Panels side by side, `columns` in a row. */
export function figure(panels, columns = 2) {
  const rows = [];
  for (let i = 0; i < panels.length; i += columns) rows.push(panels.slice(i, i + columns));
  let y = GAP;
  let width = 0;
  const parts = [];
  for (const row of rows) {
    let x = GAP;
    for (const { title, plot, width: panelWidth } of row) {
      parts.push(
        `<text x="${x}" y="${y + 14}" ${FONT} font-size="13" font-weight="600">${escape(title)}</text>`,
      );
      plot.setAttribute('x', x);
      plot.setAttribute('y', y + TITLE_HEIGHT);
      parts.push(plot.outerHTML);
      x += panelWidth + GAP;
    }
    width = Math.max(width, x);
    y += TITLE_HEIGHT + Math.max(...row.map(({ height }) => height)) + GAP;
  }
  const size = `width="${width}" height="${y}" viewBox="0 0 ${width} ${y}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>
<rect width="100%" height="100%" fill="white"/>
${parts.join('\n')}
</svg>
`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
