import { Arena } from '@datagen/core/generator';
import type { OrderDay } from './order-day.ts';

/** Lines of the days kept for the table that is made next, those of a file of usual size; they take about 20 MB. */
const KEPT_LINES = 600_000;
/** Days differ in size: that of a sale takes the memory of none of its neighbours, and leaves too much to them. */
const MAX_SPARES = 2;

/** The days asked for last, and the memory of those given up, for later ones. */
export class KeptDays {
  readonly #days = new Map<number, OrderDay>();
  readonly #maxLines: number;
  readonly #spares: Arena[] = [];
  #lineCount = 0;
  #last: OrderDay | undefined;

  /** Keeps days of `maxLines` lines in all. */
  constructor(maxLines = KEPT_LINES) {
    this.#maxLines = maxLines;
  }

  /** Day `index`, of `lineCount` lines; `draw` makes it where it is not kept. */
  get(index: number, lineCount: number, draw: (memory: Arena) => OrderDay): OrderDay {
    const kept = this.#days.get(index);
    if (kept !== undefined) return kept;
    this.#makeRoom(lineCount);
    const byteLength = Math.ceil(this.#bytesPerLine() * lineCount);
    const memory = this.#takeSpare(byteLength);
    memory.reset(byteLength);
    const day = draw(memory);
    this.#days.set(index, day);
    this.#lineCount += lineCount;
    this.#last = day;
    return day;
  }

  /** Gives up the oldest days until there is room for one of `lineCount` lines. */
  #makeRoom(lineCount: number): void {
    for (const [oldest, day] of this.#days) {
      if (this.#lineCount + lineCount <= this.#maxLines) break;
      this.#days.delete(oldest);
      this.#lineCount -= day.lineCount;
      if (day.readers === 0) this.#spares.push(day.memory);
    }
    this.#spares.sort((a, b) => a.byteLength - b.byteLength);
    this.#spares.splice(0, this.#spares.length - MAX_SPARES);
  }

  /** The smallest that is large enough, or else the largest, which is the last one. */
  #takeSpare(byteLength: number): Arena {
    const fitting = this.#spares.findIndex((spare) => spare.byteLength >= byteLength);
    return this.#spares.splice(fitting, 1)[0] ?? new Arena();
  }

  /** As many as the last day took, with what was read from it since. */
  #bytesPerLine(): number {
    return this.#last === undefined ? 0 : this.#last.memory.takenBytes / Math.max(1, this.#last.lineCount);
  }
}
