// Panels of a figure, as one SVG file that stands alone and looks the same on light and dark pages.
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const { document } = parseHTML('<html><body></body></html>');
const GAP = 24;
const TITLE_HEIGHT = 26;
/** Two panels of 440 pixels and the gap between them. */
export const PAGE_WIDTH = 904;
const FONT = 'font-family="system-ui, sans-serif"';

export const COLOURS = { ours: '#1f77b4', naive: '#c7c7c7', reference: '#d62728', other: '#ff7f0e' };

/** A panel: a title that states what is seen, and the options of Observable Plot. */
export function panel(title, { width = 440, height = 260, ...options }) {
  const plot = Plot.plot({ document, width, height, marginLeft: 50, ...options });
  // With a legend, Plot makes a figure with several pictures in it; panels label their marks instead.
  if (plot.tagName.toLowerCase() !== 'svg') throw new Error(`"${title}" has a legend: label its marks.`);
  return { title, width, height, plot };
}

/** Panels from left to right and top to bottom, on a page as wide as two of the usual width. */
export function figure(panels) {
  const rows = [];
  let free = 0;
  for (const panel of panels) {
    if (panel.width > free) {
      rows.push([]);
      free = PAGE_WIDTH;
    }
    rows.at(-1).push(panel);
    free -= panel.width + GAP;
  }
  let y = GAP;
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
    y += TITLE_HEIGHT + Math.max(...row.map(({ height }) => height)) + GAP;
  }
  const width = PAGE_WIDTH + 2 * GAP;
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
