import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Histogram } from '../profile/histogram.ts';
import type { Shares } from '../profile/shares.ts';

const WIDTH = 340;
const HEIGHT = 150;
const ROW_HEIGHT = 20;
const LONGEST_LABEL = 18;
/** Numbers from here on are written with a suffix: `137k`. */
const SHORTENED_FROM = 10_000;
/** Colours that follow the page's scheme. */
const FILL = 'var(--accent)';
const STYLE = { background: 'none', color: 'var(--text)', fontSize: '11px', overflow: 'visible' };

/** Plot makes its elements with it. The types of browsers are not among those of Node.js. */
const { document } = parseHTML('<html><body></body></html>') as unknown as { readonly document: unknown };

/** What is needed of an element. */
interface Element {
  setAttribute(name: string, value: string): void;
  readonly outerHTML: string;
}

/** How values lie, as an SVG that needs no script: bars over numbers, an area over time. */
export function histogramPlot(histogram: Histogram, title: string): string {
  const { edges, counts, isTime } = histogram;
  const at = (edge: number) => (isTime ? new Date(edge) : edge);
  const bars = counts.flatMap((count, i) =>
    count === 0 ? [] : [{ from: at(edges[i] as number), to: at(edges[i + 1] as number), count }],
  );
  const domain = [at(edges[0] as number), at(edges.at(-1) as number)];
  const isLarge = edges.some((edge) => Math.abs(edge) >= SHORTENED_FROM);
  const axis = isTime ? { type: 'utc' as const } : isLarge && { tickFormat: shortText };
  return svgOf(title, {
    height: HEIGHT,
    marginLeft: 46,
    marginRight: 12,
    x: { label: null, domain, ticks: 4, ...axis },
    y: { label: null, ticks: 3, grid: true, tickFormat: rowsText },
    marks: [
      Plot.rectY(bars, { x1: 'from', x2: 'to', y: 'count', fill: FILL, insetLeft: 0.5, insetRight: 0 }),
      Plot.ruleY([0], { stroke: 'currentColor', strokeOpacity: 0.4 }),
    ],
  });
}

/** Of ticks between whole rows there is nothing to say. */
function rowsText(rows: number): string {
  return Number.isInteger(rows) ? shortText(rows) : '';
}

/** The shares of values, the most frequent above, as an SVG that needs no script. */
export function sharesPlot({ values, others }: Shares, title: string): string {
  const rows = values.map(({ text, share }, i) => ({
    key: String(i),
    label: labelOf(text),
    share,
    isOthers: false,
  }));
  if (others.count > 0) {
    const label = `${String(others.count)} more`;
    rows.push({ key: String(rows.length), label, share: others.share, isOthers: true });
  }
  const labels = new Map(rows.map(({ key, label }) => [key, label]));
  const most = rows.reduce((greatest, { share }) => Math.max(greatest, share), 0);
  return svgOf(title, {
    height: rows.length * ROW_HEIGHT + 8,
    marginTop: 2,
    marginBottom: 2,
    marginLeft: 118,
    marginRight: 46,
    x: { axis: null, domain: [0, most] },
    y: {
      label: null,
      domain: rows.map(({ key }) => key),
      tickFormat: (key: string) => labels.get(key) ?? '',
      tickSize: 0,
    },
    marks: [
      Plot.barX(rows, {
        x: 'share',
        y: 'key',
        fill: FILL,
        fillOpacity: ({ isOthers }: { isOthers: boolean }) => (isOthers ? 0.35 : 1),
      }),
      Plot.text(rows, {
        x: 'share',
        y: 'key',
        text: ({ share }: { share: number }) => percentText(share),
        textAnchor: 'start',
        dx: 4,
        fill: 'currentColor',
      }),
    ],
  });
}

/** `950`, `1.2k`, `137k`, `12M` */
function shortText(value: number): string {
  const size = Math.abs(value);
  if (size < 1_000) return String(value);
  const [divisor, suffix] = size < 1e6 ? [1e3, 'k'] : size < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${String(Number((value / divisor).toPrecision(4)))}${suffix}`;
}

/** `71 %`, `0.3 %`, `< 0.1 %` */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent.toFixed(percent === 0 || percent >= 9.95 ? 0 : 1)} %`;
}

function labelOf(text: string): string {
  const characters = Array.from(text);
  return characters.length <= LONGEST_LABEL ? text : `${characters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

function svgOf(title: string, options: Plot.PlotOptions): string {
  const plot = Plot.plot({
    document: document as never,
    width: WIDTH,
    style: STYLE,
    ...options,
  }) as unknown as Element;
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', title);
  return plot.outerHTML;
}
