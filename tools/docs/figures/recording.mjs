// What a terminal showed, as one SVG file that plays once and stays at the end; without animation it is the end.

const FONT_SIZE = 13;
/** The width of a character of most monospaced fonts, as a part of their size; text is set to it. */
const ADVANCE = 0.6;
const LINE_HEIGHT = 18;
const MARGIN = 20;
const BAR_HEIGHT = 32;
const COLOURS = { back: '#16181d', bar: '#22252c', text: '#d5d9e0', prompt: '#7fb2ff' };

/** Draws the spans of a `Screen`. */
export function drawRecording(spans, columns) {
  const rows = Math.max(...spans.map(({ row }) => row)) + 1;
  const width = Math.ceil(columns * FONT_SIZE * ADVANCE) + 2 * MARGIN;
  const height = BAR_HEIGHT + rows * LINE_HEIGHT + 2 * MARGIN;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (fill, i) => `<circle cx="${MARGIN + i * 18}" cy="${BAR_HEIGHT / 2}" r="5.5" fill="${fill}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>datagen writes a month of sensors into Delta Lake, and then only the week that is added</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${COLOURS.back}" stroke="${COLOURS.bar}"/>
<path d="M0 ${BAR_HEIGHT}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${BAR_HEIGHT}z" fill="${COLOURS.bar}"/>
${dots.join('\n')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="${COLOURS.text}">
${spans.map(drawSpan).join('\n')}
</g>
</svg>
`;
}

function drawSpan({ row, text, from, until }) {
  const y = BAR_HEIGHT + MARGIN + row * LINE_HEIGHT + FONT_SIZE;
  const line = text.trimEnd();
  const fill = line.startsWith('$ ') ? ` fill="${COLOURS.prompt}"` : '';
  const length = (line.length * FONT_SIZE * ADVANCE).toFixed(1);
  const at = `x="${MARGIN}" y="${y}" textLength="${length}"${fill}`;
  const [begin, end] = [from, until].map((seconds) => `${(seconds ?? 0).toFixed(2)}s`);
  // What stays is seen without animation, too.
  const set =
    until === undefined
      ? `<set attributeName="visibility" to="hidden" begin="0s" end="${begin}"/>`
      : `<set attributeName="visibility" to="visible" begin="${begin}" end="${end}"/>`;
  const hidden = until === undefined ? '' : ' visibility="hidden"';
  return `<text ${at}${hidden}>${escape(line)}${set}</text>`;
}

/** SVG makes one blank of several: those that do not break stay. */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00a0');
}
