import type { WeatherHabits } from '../climate/habits.ts';
import { atSeason } from '../climate/seasonal.ts';
import type { WindWarmth } from '../climate/wind-rose.ts';
import { windsOf } from '../climate/winds.ts';
import type { Location } from '../locations/locations.ts';
import { type Fields, SLOW_PHI, SLOW_STEP_DAYS } from './fields.ts';

const { floor, sqrt } = Math;

/** The part of the variance of daily temperatures that months have in common. */
const SLOW_SHARE = 0.12;
const SLOW = sqrt(SLOW_SHARE);
/** The weights of the pressure and of a field of its own in how warm heights are: highs bring inversions. */
const INVERSION_OF_PRESSURE = 0.5;
const INVERSION_OF_FIELD = sqrt(1 - INVERSION_OF_PRESSURE * INVERSION_OF_PRESSURE);
/** Lower places have no inversions of their own, km. */
const LOWLAND_KM = 0.1;
/** How much less spells of days do for each kilometre of height. */
const CALM_PER_KM = 0.03;

/**
 * How far the temperatures of a location's days lie from those of the season: spells of days that neighbours share,
 * months that are warm or cold as a whole, the side that the wind comes from, and inversions on heights.
 */
export class AirMass {
  readonly #index: number;
  readonly #fields: Fields;
  readonly #habits: WeatherHabits;
  readonly #warmth: WindWarmth;
  readonly #elevationKm: number;
  readonly #ofDays: number;
  readonly #ofWind: number;
  /** The slow field at the beginning of a step and at its end, for the step that was read last. */
  #step = Number.NaN;
  #slowFrom = 0;
  #slowTo = 0;

  constructor({ id, climate, elevationM }: Location, fields: Fields, habits: WeatherHabits) {
    this.#index = id - 1;
    this.#fields = fields;
    this.#habits = habits;
    this.#elevationKm = elevationM / 1_000;
    this.#warmth = windsOf(climate.wind).warmth;
    this.#ofWind = sqrt(habits.windShare);
    this.#ofDays = sqrt(1 - SLOW_SHARE - habits.windShare);
  }

  /**
   * The anomaly of a day's temperature, °C, where the wind is at `wind` in its rose; `spell` is the field of temperatures
   * on the day.
   */
  anomalyC(day: number, season: number, wind: number, spell: number): number {
    const { deviationC, inversionC } = this.#habits;
    const heightKm = this.#elevationKm;
    const anomaly =
      this.#ofDays * spell + SLOW * this.#slow(day) + this.#ofWind * this.#warmth.at(wind, season);
    const calm = 1 - CALM_PER_KM * heightKm;
    const ofAir = atSeason(deviationC, season) * calm * anomaly;
    return heightKm < LOWLAND_KM
      ? ofAir
      : ofAir + heightKm * atSeason(inversionC, season) * this.#inversion(day);
  }

  /** The anomaly of months: straight between the steps of its field, with variance 1 throughout. */
  #slow(day: number): number {
    const step = floor(day / SLOW_STEP_DAYS);
    if (step !== this.#step) {
      this.#slowFrom = this.#fields.slow.at(this.#index, step);
      this.#slowTo = this.#fields.slow.at(this.#index, step + 1);
      this.#step = step;
    }
    const share = day / SLOW_STEP_DAYS - step;
    const value = this.#slowFrom + share * (this.#slowTo - this.#slowFrom);
    return value / sqrt(1 - 2 * share * (1 - share) * (1 - SLOW_PHI));
  }

  #inversion(day: number): number {
    const { pressure, inversion } = this.#fields;
    return (
      INVERSION_OF_PRESSURE * pressure.at(this.#index, day) +
      INVERSION_OF_FIELD * inversion.at(this.#index, day)
    );
  }
}
