import type { Progress } from '@datagen/core';
import { type Io, isRichTerminal, widthOf } from '../terminal/io.ts';
import { countText, durationText, rateText } from '../terminal/text.ts';
import { TimeLeft } from './time-left.ts';

/** A bar is drawn at most ten times a second, a line printed every five seconds. */
const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5_000;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\u001B[K';

/**
 * Shows on stderr how far a run has come: one line that is drawn over on a terminal, else a plain line now and then,
 * none for short runs.
 */
export class ProgressDisplay {
  readonly #io: Io;
  readonly #isBar: boolean;
  readonly #startedMs: number;
  readonly #timeLeft: TimeLeft;
  #shownMs: number;
  #isDrawn = false;

  constructor(io: Io) {
    this.#io = io;
    this.#isBar = isRichTerminal(io.stderr, io.env);
    this.#startedMs = io.now();
    this.#timeLeft = new TimeLeft(this.#startedMs);
    // The first bar is drawn at once, the first line when there is something to say.
    this.#shownMs = this.#isBar ? Number.NEGATIVE_INFINITY : this.#startedMs;
  }

  update(progress: Progress): void {
    const nowMs = this.#io.now();
    const leftMs = this.#timeLeft.leftMs(nowMs, progress.rowCount, progress.totalRowCount);
    if (nowMs - this.#shownMs < (this.#isBar ? BAR_INTERVAL_MS : LINE_INTERVAL_MS)) return;
    this.#shownMs = nowMs;
    const speed =
      leftMs === undefined
        ? ''
        : `${rateText(progress.rowCount, nowMs - this.#startedMs)}  ${durationText(leftMs)} left`;
    if (this.#isBar) this.#draw(progress, speed);
    else this.#io.stderr.write(`${lineText(progress, speed)}\n`);
  }

  /** Takes the bar off the terminal. */
  finish(): void {
    if (this.#isDrawn) this.#io.stderr.write(CLEAR_LINE);
    this.#isDrawn = false;
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
