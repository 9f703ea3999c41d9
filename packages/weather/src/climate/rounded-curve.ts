const { max, min, round } = Math;

/** Equal parts of the range, each of which knows the steps before it. */
const PARTS = 512;

/**
 * A rising function rounded to whole numbers, known by the places where it steps up. Looking those up is faster than
 * an exponential for every hour.
 */
export class RoundedCurve {
  readonly #from: number;
  readonly #to: number;
  readonly #partsPerUnit: number;
  readonly #least: number;
  /** The k-th entry is the least x at which the curve is at `least + k + 1`. */
  readonly #steps: Float64Array;
  /** The number of steps before each of the equal parts of the range. */
  readonly #guide: Uint16Array;

  /** Below `from` and above `to` the rounded curve stays what it is there. */
  constructor(curve: (x: number) => number, from: number, to: number) {
    this.#from = from;
    this.#to = to;
    this.#partsPerUnit = PARTS / (to - from);
    this.#least = round(curve(from));
    const count = round(curve(to)) - this.#least;
    this.#steps = new Float64Array(count + 1).fill(Infinity);
    for (let k = 0; k < count; k++) {
      const reached = (x: number) => round(curve(x)) > this.#least + k;
      this.#steps[k] = firstThat(reached, from, to);
    }
    this.#guide = Uint16Array.from({ length: PARTS + 1 }, (_, part) => {
      // A little before the part begins, for whatever rounding does to a position.
      const start = from + (part - 1e-6) / this.#partsPerUnit;
      return this.#steps.findIndex((step) => start < step);
    });
  }

  /** The rounded value at x. */
  at(x: number): number {
    const part = (min(max(x, this.#from), this.#to) - this.#from) * this.#partsPerUnit;
    let value = this.#guide[part | 0] as number;
    while (x >= (this.#steps[value] as number)) value++;
    return this.#least + value;
  }
}

/** The least number for which a condition holds that holds for `to`, not for `from`, and from somewhere on. */
function firstThat(holds: (x: number) => boolean, from: number, to: number): number {
  let [below, reached] = [from, to];
  for (;;) {
    const middle = below + (reached - below) / 2;
    if (middle <= below || middle >= reached) return reached;
    if (holds(middle)) reached = middle;
    else below = middle;
  }
}
