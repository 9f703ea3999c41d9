import { normalQuantile } from '@datagen/core/random';
import type { WeatherHabits } from '../climate/habits.ts';
import { upperTail } from '../climate/normal.ts';
import { atSeason, type Seasonal } from '../climate/seasonal.ts';
import { type DailyField, type Fields, SPELL_PHI } from './fields.ts';

const { min, sqrt } = Math;

/** The passage of a cold front over a place. */
export interface Front {
  /** UTC hour of the day when the cold air arrives, 0 to 24. */
  readonly hour: number;
  /** By how much the temperature falls, °C. */
  readonly dropC: number;
  /** How many hours the fall takes. */
  readonly fallHours: number;
}

/** The share of days on which a front passes: one in eight in summer, one in five in winter. */
const FRONT_ABOVE: Seasonal = { warmest: normalQuantile(0.88), coldest: normalQuantile(0.81) };
/** The weights of the fall of temperatures from the day before and of the rain in whether a day has a front. */
const FRONT_OF_FALL = 0.87 / sqrt(2 * (1 - SPELL_PHI));
const FRONT_OF_RAIN = sqrt(1 - 0.87 * 0.87);
/** The drop of the weakest front, and by how much a front that is stronger by one standard deviation drops more, °C. */
const LEAST_DROP_C = 2.7;
const DROP_C = 1.9;
const GREATEST_DROP_C = 7;
/** The standard deviation of daily temperatures, °C, at which fronts drop as much. */
const USUAL_DEVIATION_C = 3.6;

/** The fronts of one location: they pass on days when the air mass changes, and neighbours see them within hours. */
export class Fronts {
  readonly #index: number;
  readonly #frontHour: DailyField;
  readonly #habits: WeatherHabits;

  constructor(index: number, { frontHour }: Fields, habits: WeatherHabits) {
    this.#index = index;
    this.#frontHour = frontHour;
    this.#habits = habits;
  }

  /**
   * The front of a day, of which `dryness` and `spell` are the fields of rain and temperature; `spellBefore` is that of the
   * day before.
   */
  on(day: number, season: number, dryness: number, spell: number, spellBefore: number): Front | undefined {
    const { frontStrength, deviationC } = this.#habits;
    if (frontStrength === 0) return undefined;
    const excess =
      FRONT_OF_FALL * (spellBefore - spell) - FRONT_OF_RAIN * dryness - atSeason(FRONT_ABOVE, season);
    if (excess <= 0) return undefined;
    const scale = (frontStrength * atSeason(deviationC, season)) / USUAL_DEVIATION_C;
    const early = upperTail(this.#frontHour.at(this.#index, day));
    return {
      hour: 24 * early,
      dropC: scale * min(GREATEST_DROP_C, LEAST_DROP_C + DROP_C * excess),
      // The strongest fronts are the sharpest.
      fallHours: 0.8 + 1.2 / (1 + 2 * excess),
    };
  }
}
