import type { Progress } from '@datagen/core';
import { type Io, isRichTerminal, widthOf } from './io.ts';
import { countText, durationText, rateText } from './text.ts';

/** A bar is drawn at most ten times a second, a line printed every five seconds. */
const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5_000;
const BAR_WIDTH = 24;
/** How long rows must have come before their rate alone says when the rest will have. */
const STEADY_MS = 500;
const CLEAR_LINE = '\r\u001B[K';

/**
 * Shows on stderr how far a run has come: one line that is drawn over on a terminal, else a plain line now and then,
 * none for short runs.
 */
export class ProgressDisplay {
  readonly #io: Io;
  readonly #isBar: boolean;
  readonly #startedMs: number;
  #shownMs: number;
  #isDrawn = false;
  /** When the first rows had come, and how many. */
  #first: { readonly ms: number; readonly rowCount: number } | undefined;

  constructor(io: Io) {
    this.#io = io;
    this.#isBar = isRichTerminal(io.stderr, io.env);
    this.#startedMs = io.now();
    // The first bar is drawn at once, the first line when there is something to say.
    this.#shownMs = this.#isBar ? Number.NEGATIVE_INFINITY : this.#startedMs;
  }

  update(progress: Progress): void {
    const nowMs = this.#io.now();
    if (progress.rowCount > 0) this.#first ??= { ms: nowMs, rowCount: progress.rowCount };
    if (nowMs - this.#shownMs < (this.#isBar ? BAR_INTERVAL_MS : LINE_INTERVAL_MS)) return;
    this.#shownMs = nowMs;
    const speed = this.#speedText(progress, nowMs);
    if (this.#isBar) this.#draw(progress, speed);
    else this.#io.stderr.write(`${lineText(progress, speed)}\n`);
  }

  /** Takes the bar off the terminal. */
  finish(): void {
    if (this.#isDrawn) this.#io.stderr.write(CLEAR_LINE);
    this.#isDrawn = false;
  }

  #speedText({ rowCount, totalRowCount }: Progress, nowMs: number): string {
    const elapsedMs = nowMs - this.#startedMs;
    if (rowCount === 0 || elapsedMs <= 0) return '';
    // Start-up and the first bytes take no part in what is left.
    const first = this.#first;
    const isSteady = first !== undefined && nowMs - first.ms >= STEADY_MS && rowCount > first.rowCount;
    const msPerRow = isSteady ? (nowMs - first.ms) / (rowCount - first.rowCount) : elapsedMs / rowCount;
    const leftMs = Math.max(0, totalRowCount - rowCount) * msPerRow;
    return `${rateText(rowCount, elapsedMs)}  ${durationText(leftMs)} left`;
  }

  #draw(progress: Progress, speed: string): void {
    const filled = Math.round(shareOf(progress) * BAR_WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
    const isColored = (this.#io.env['NO_COLOR'] ?? '') === '';
    const text = ` ${percentText(progress)}  ${progress.table}  ${speed}`;
    // The last column stays free: some terminals break the line there.
    const width = widthOf(this.#io.stderr) - 1;
    const shown = width > BAR_WIDTH ? bar : '';
    this.#io.stderr.write(
      CLEAR_LINE + (isColored ? `\u001B[36m${shown}\u001B[39m` : shown) + text.slice(0, width - shown.length),
    );
    this.#isDrawn = true;
  }
}

function lineText(progress: Progress, speed: string): string {
  const { table, rowCount, totalRowCount } = progress;
  const rows = `${countText(rowCount)} of ${countText(totalRowCount)} rows`;
  return `${table}: ${percentText(progress).trim()}, ${rows}, ${speed.replace('  ', ', ')}`;
}

function shareOf({ rowCount, totalRowCount }: Progress): number {
  // Totals may be estimates, which the rows can exceed.
  return totalRowCount === 0 ? 1 : Math.min(1, rowCount / totalRowCount);
}

function percentText(progress: Progress): string {
  return `${String(Math.floor(shareOf(progress) * 100)).padStart(3)} %`;
}
