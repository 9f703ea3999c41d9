import type { Progress } from '@datagen/core';
import { countText } from '@datagen/look/text';
import { type Io, isRichTerminal, widthOf } from '../terminal/io.ts';
import { durationText, estimateText, rateText } from '../terminal/text.ts';
import { TimeLeft } from './time-left.ts';

/** A bar is drawn at most ten times a second, a line printed every five seconds. */
const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 5_000;
const BAR_WIDTH = 24;
/** A shorter one tells less than the percentage. */
const LEAST_BAR_WIDTH = 8;
const GAP = '  ';
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
    const speed = [
      ...(progress.rowCount === 0 ? [] : [rateText(progress.rowCount, nowMs - this.#startedMs)]),
      ...(leftMs === undefined ? [] : [`${durationText(leftMs)} left`]),
    ];
    if (this.#isBar) this.#draw(progress, speed);
    else void this.#io.stderr.write(`${lineText(progress, speed)}\n`);
  }

  /** Takes the bar off the terminal. */
  finish(): void {
    if (this.#isDrawn) void this.#io.stderr.write(CLEAR_LINE);
    this.#isDrawn = false;
  }

  #draw(progress: Progress, speed: readonly string[]): void {
    // The last column stays free: some terminals break the line there.
    const width = widthOf(this.#io.stderr) - 1;
    const percent = percentText(progress);
    const texts = [
      [percent, progress.table, ...speed],
      [percent, ...speed],
    ].map((parts) => parts.join(GAP));
    // What a narrow terminal cannot hold is first the bar, then the table; the rate and the time left are what one looks for.
    const text =
      texts.find((candidate) => candidate.length <= width) ?? (texts.at(-1) as string).slice(0, width);
    const barWidth = Math.min(BAR_WIDTH, width - text.length - 1);
    const bar = barWidth < LEAST_BAR_WIDTH ? '' : `${this.#barText(progress, barWidth)} `;
    void this.#io.stderr.write(CLEAR_LINE + bar + text);
    this.#isDrawn = true;
  }

  #barText(progress: Progress, width: number): string {
    const filled = Math.round(shareOf(progress) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    const isColored = (this.#io.env['NO_COLOR'] ?? '') === '';
    return isColored ? `\u001B[36m${bar}\u001B[39m` : bar;
  }
}

function lineText(progress: Progress, speed: readonly string[]): string {
  const { table, rowCount, totalRowCount, exact } = progress;
  const rows = `${countText(rowCount)} of ${estimateText(totalRowCount, exact)} rows`;
  return `${table}: ${[percentText(progress).trim(), rows, ...speed].join(', ')}`;
}

function shareOf({ rowCount, totalRowCount }: Progress): number {
  // Totals may be estimates, which the rows can exceed.
  return totalRowCount === 0 ? 1 : Math.min(1, rowCount / totalRowCount);
}

function percentText(progress: Progress): string {
  return `${String(Math.floor(shareOf(progress) * 100)).padStart(3)} %`;
}
