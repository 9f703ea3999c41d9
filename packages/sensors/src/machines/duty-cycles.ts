import { KeyedRandom } from '@datagen/core/random';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { Device } from '../devices/device-register.ts';
import type { WorkCalendars } from '../sites/work-calendar.ts';
import { MACHINE_KINDS } from './machine-kinds.ts';
import { isManned, type Shift, Shifts } from './shifts.ts';

/** What a machine does on a day, at each of its sampling steps. */
export interface MachineDay {
  /** How hard it works, 0 to 1. */
  readonly load: Float64Array;
  /** How warm it is by its work, 0 to 1: its load some time ago. */
  readonly heat: Float64Array;
}

/** Runs and stops are drawn in windows of 6 hours UTC, each with draws of its own. */
const WINDOW_HOURS = 6;
const WINDOWS_PER_DAY = 24 / WINDOW_HOURS;
/** Room for windows since 1970. */
const WINDOW_PLACES = 0x40000;
/** Minutes in which a machine warms up or cools down (e-folding). */
const HEAT_MINUTES = 45;

/** When each machine runs and stands, and how hard it works: every machine has a duty cycle of its own. */
export class DutyCycles {
  readonly #random: KeyedRandom;
  readonly #shifts: Shifts;
  readonly #calendars: WorkCalendars;
  readonly #stepsPerDay: number;
  readonly #samplingMinutes: number;

  constructor({ seed, samplingSeconds }: SensorsConfig, calendars: WorkCalendars) {
    this.#random = new KeyedRandom(seed, 'machines', 'runs');
    this.#shifts = new Shifts(seed);
    this.#calendars = calendars;
    this.#stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.#samplingMinutes = samplingSeconds / 60;
  }

  /** Writes what the machine of a device does on a day since 1970; begins a window earlier, as heat lasts. */
  fill(device: Device, day: number, { load, heat }: MachineDay): void {
    const calendar = this.#calendars.of(device.site);
    const { isContinuous, idleLoad } = MACHINE_KINDS[device.machine];
    const runs = this.#runsFrom(device, day * WINDOWS_PER_DAY - 1, WINDOWS_PER_DAY + 1);
    const steps = this.#stepsPerDay;
    const warming = 1 - Math.exp(-this.#samplingMinutes / HEAT_MINUTES);
    let run = 0;
    let warmth = Number.NaN;
    let localDay = Number.NaN;
    let shift: Shift = { start: 0, end: 0 };
    let use = 1;
    let offset = 0;
    let offsetHour = Number.NaN;
    for (let i = -Math.floor(steps / WINDOWS_PER_DAY); i < steps; i++) {
      const hour = (i * 24) / steps;
      const utcHour = day * 24 + Math.floor(hour);
      if (utcHour !== offsetHour) {
        offsetHour = utcHour;
        offset = calendar.utcOffsetAt(utcHour);
      }
      const localHour = hour + offset;
      const today = day + Math.floor(localHour / 24);
      if (today !== localDay) {
        localDay = today;
        shift = this.#shifts.on(device.index, localDay, calendar);
        use = this.#shifts.useOn(device.index, localDay);
      }
      while ((runs[2 * run + 2] as number) <= hour) run++;
      const level = runs[2 * run + 1] as number;
      const isOn = isContinuous || isManned(shift, localHour - 24 * (today - day));
      const now = isOn ? Math.max(idleLoad, use * level) : 0;
      warmth = Number.isNaN(warmth) ? now : warmth + warming * (now - warmth);
      if (i < 0) continue;
      load[i] = now;
      heat[i] = warmth;
    }
  }

  /** Pairs of the hour of the day from which on a machine works, and how hard it does; the last pair has no end. */
  #runsFrom(device: Device, firstWindow: number, count: number): number[] {
    const { runMinutes, stopMinutes, lowestLoad } = MACHINE_KINDS[device.machine];
    const runs: number[] = [];
    for (let window = 0; window < count; window++) {
      const key = this.#random.key(device.index * WINDOW_PLACES + firstWindow + window);
      const draw = (place: number) => this.#random.uniformOf(key, place);
      const start = (window - 1) * WINDOW_HOURS;
      let place = 0;
      let isRunning = draw(place++) < runMinutes / (runMinutes + stopMinutes);
      for (let at = 0; at < WINDOW_HOURS;) {
        runs.push(start + at, isRunning ? lowestLoad + (1 - lowestLoad) * draw(place++) : 0);
        at -= (Math.log(draw(place++)) * (isRunning ? runMinutes : stopMinutes)) / 60;
        isRunning = !isRunning;
      }
    }
    runs.push(Infinity, 0);
    return runs;
  }
}
