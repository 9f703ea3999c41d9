import type { OptionMention } from '../support/sentence.ts';

/** How one option grows with its dataset. */
export interface ScaledOption {
  /**
   * The exponent of the factor that a step multiplies by: 0.5 for a catalogue that grows as the root of the sales.
   * @default 1
   */
  readonly power?: number;
  /** The value at factor 1, where the schema has no default. */
  readonly from?: number;
  /** It is made no smaller than this, whatever the factor; the schema's bounds hold anyway. */
  readonly least?: number;
}

/** Options that are multiplied by one factor, until the first of them meets its bound. */
export interface OptionsStep {
  readonly options: Readonly<Record<string, ScaledOption>>;
  /** An option that takes their place: where it is given, the step is left out. */
  readonly unless?: string;
}

/** More days or fewer before the end of the window, where its start is not given. */
export interface WindowStep {
  /** The first UTC day that has rows, `YYYY-MM-DD`, or the option that says it. */
  readonly earliest: string | OptionMention;
}

/** One way to make a dataset larger or smaller. Plain data. */
export type ScalingStep = OptionsStep | WindowStep;
