import type { Histogram, Shares } from '@datagen/look';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const NO_BAR = ' ';
/** A bar is as wide as the picture has room for, up to so much. */
const WIDEST_BAR = 3;
const SHADES = ['█', '▓', '▒', '░'] as const;

/** A histogram in one line, of at most so many characters; `perBar` is how many of its counts a bar stands for. */
export function barsText(
  { counts }: Histogram,
  width: number,
): { readonly bars: string; readonly perBar: number } {
  const perBar = Math.max(1, Math.ceil(counts.length / Math.max(1, width)));
  const heights: number[] = [];
  for (let i = 0; i < counts.length; i += perBar) {
    const group = counts.slice(i, i + perBar);
    // The last group may be of fewer counts.
    heights.push(group.reduce((a, b) => a + b, 0) / group.length);
  }
  const greatest = heights.reduce((a, b) => Math.max(a, b), 0);
  const repeats = Math.max(1, Math.min(WIDEST_BAR, Math.floor(width / heights.length)));
  return { bars: heights.map((height) => barOf(height, greatest).repeat(repeats)).join(''), perBar };
}

function barOf(height: number, greatest: number): string {
  if (height <= 0) return NO_BAR;
  return BARS[Math.min(BARS.length - 1, Math.floor((height / greatest) * BARS.length))] ?? NO_BAR;
}

/** The shares of values in one bar, and what its parts stand for, as much of it as there is room for. */
export function sharesText({ values, others }: Shares, width: number): { bar: string; legend: string } {
  const barWidth = Math.max(8, Math.min(24, Math.floor(width / 5)));
  const legendWidth = width - barWidth - 2;
  const lastShade = SHADES.length - 1;
  const shadeOf = (i: number) => SHADES[Math.min(i, lastShade)] as string;
  let bar = '';
  let end = 0;
  for (const [i, { share }] of values.entries()) {
    end += share;
    bar = bar.padEnd(Math.round(end * barWidth), shadeOf(i));
  }
  bar = bar.padEnd(barWidth, shadeOf(lastShade)).slice(0, barWidth);
  const items = values.map(({ text, share }, i) => `${shadeOf(i)} ${oneLine(text)} ${shareText(share)}`);
  const count = items.length;
  const moreText = (shown: number) => {
    const more = count - shown + others.count;
    return more === 0 ? '' : `  … ${String(more)} more`;
  };
  let shown = count;
  const legendOf = () => `${items.slice(0, shown).join('  ')}${moreText(shown)}`;
  while (shown > 1 && legendOf().length > legendWidth) shown--;
  return { bar, legend: cut(legendOf(), legendWidth) };
}

/** `71 %`, `0.3 %`, `< 0.1 %` */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent.toFixed(percent === 0 || percent >= 9.95 ? 0 : 1)} %`;
}

/** A text of at most so many characters, of which the end is left out. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters would break the line or the terminal
  return text.replace(/[\u0000-\u001F\u007F]/g, (c) => JSON.stringify(c).slice(1, -1));
}
