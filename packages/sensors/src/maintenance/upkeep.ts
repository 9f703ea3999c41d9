import { DAY_MS } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { DAY_PLACES, type SensorsConfig } from '../config.ts';
import { type DeviceRegister, lastDue } from '../devices/device-register.ts';
import type { WorkCalendars } from '../sites/work-calendar.ts';

/** Calibrations that come more often than this many days are automatic: nobody comes for them. */
const FEWEST_DAYS_OF_VISITS = 28;
/** A visit is put off by fewer days than this, over Christmas by most. */
const MOST_DELAY_DAYS = 15;
/** A battery is changed early or late by up to this share of the days between changes. */
const BATTERY_SWING = 0.06;

/** Work on a device: the last one before a day began, and one in the day; milliseconds since 1970. */
export interface Work {
  readonly beforeMs: number;
  /** `Infinity` where there is none. */
  readonly onDayMs: number;
}

/**
 * When devices are calibrated and get new batteries: by technicians, on a working day of the site's town, within working
 * hours. What is due on another day is done on the next working day.
 */
export class Upkeep {
  readonly #calibrationDays: number;
  readonly #devices: DeviceRegister;
  readonly #calendars: WorkCalendars;
  readonly #random: KeyedRandom;

  constructor({ seed, calibrationDays }: SensorsConfig, devices: DeviceRegister, calendars: WorkCalendars) {
    this.#calibrationDays = calibrationDays;
    this.#devices = devices;
    this.#calendars = calendars;
    this.#random = new KeyedRandom(seed, 'maintenance');
  }

  /** Whether technicians calibrate, by appointment. */
  get isManual(): boolean {
    return this.#calibrationDays >= FEWEST_DAYS_OF_VISITS;
  }

  /** The calibrations of a device around a day since 1970 that it measures on. */
  calibrations(index: number, day: number): Work {
    return { beforeMs: this.#lastCalibrationMs(index, day), onDayMs: this.calibrationMs(index, day) };
  }

  /** The battery changes around such a day; the first battery came with the device. */
  batteryChanges(index: number, day: number): Work {
    return { beforeMs: this.#lastBatteryMs(index, day), onDayMs: this.batteryMs(index, day) };
  }

  /** When a device is calibrated on a day since 1970, in milliseconds since 1970; `Infinity` where it is not. */
  calibrationMs(index: number, day: number): number {
    const due = lastDue(day, this.#calibrationDays, this.#devices.calibrationPhase(index));
    if (day - due > MOST_DELAY_DAYS) return Infinity;
    if (due <= this.#devices.installedDay(index) || this.#calibrationDayOf(index, due) !== day)
      return Infinity;
    return this.#devices.visitMs(index, day, this.#random.uniform(index * DAY_PLACES + due, 0));
  }

  /** When the battery of a device is changed on a day since 1970, in milliseconds since 1970; `Infinity` where it is not. */
  batteryMs(index: number, day: number): number {
    // Most days are far from any change.
    const batteryDays = this.#devices.batteryDays(index);
    const changes = (day - this.#devices.installedDay(index)) / batteryDays;
    const late = changes - Math.floor(changes + BATTERY_SWING + 1 / batteryDays);
    if (late > BATTERY_SWING + MOST_DELAY_DAYS / batteryDays) return Infinity;
    const change = this.#lastChange(index, day);
    if (change === 0 || this.#batteryDayOf(index, change) !== day) return Infinity;
    return this.#devices.visitMs(index, day, this.#random.uniform(index * DAY_PLACES + change, 1));
  }

  #lastCalibrationMs(index: number, day: number): number {
    const installedDay = this.#devices.installedDay(index);
    let due = lastDue(day - 1, this.#calibrationDays, this.#devices.calibrationPhase(index));
    if (due > installedDay && this.#calibrationDayOf(index, due) >= day) due -= this.#calibrationDays;
    // What was due before the installation was done in the workshop.
    return due <= installedDay
      ? lastDue(installedDay, this.#calibrationDays, this.#devices.calibrationPhase(index)) * DAY_MS
      : this.calibrationMs(index, this.#calibrationDayOf(index, due));
  }

  #lastBatteryMs(index: number, day: number): number {
    let change = this.#lastChange(index, day - 1);
    if (change > 0 && this.#batteryDayOf(index, change) >= day) change--;
    return change === 0
      ? this.#devices.installedMs(index)
      : this.batteryMs(index, this.#batteryDayOf(index, change));
  }

  #calibrationDayOf(index: number, due: number): number {
    return this.isManual ? this.#visitDay(index, due) : due;
  }

  /** The number of the last battery change that is due up to a day; 0 where none is. */
  #lastChange(index: number, day: number): number {
    const since = day - this.#devices.installedDay(index);
    let change = Math.max(0, Math.floor(since / this.#devices.batteryDays(index)) + 1);
    while (change > 0 && this.#dueChange(index, change) > day) change--;
    return change;
  }

  #dueChange(index: number, change: number): number {
    const swing = BATTERY_SWING * (2 * this.#random.uniform(index * DAY_PLACES + change, 2) - 1);
    return (
      this.#devices.installedDay(index) + Math.floor(this.#devices.batteryDays(index) * (change + swing))
    );
  }

  #batteryDayOf(index: number, change: number): number {
    return this.#visitDay(index, this.#dueChange(index, change));
  }

  #visitDay(index: number, due: number): number {
    return this.#calendars.of(this.#devices.siteOf(index)).nextVisitDay(due);
  }
}
