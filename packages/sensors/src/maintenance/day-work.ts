import { BoundedCache } from '@datagen/core/generator';
import type { DeviceRegister } from '../devices/device-register.ts';
import type { Upkeep } from './upkeep.ts';

/** What is done to devices on a visit. */
export const WORK_TYPES = ['calibration', 'battery replacement'] as const;
const [CALIBRATION, BATTERY] = [0, 1];

/** Work that was finished on a day. */
export interface FinishedWork {
  readonly device: number;
  /** The place in `WORK_TYPES`. */
  readonly type: number;
  /** When it was finished, in milliseconds since 1970. */
  readonly finishedMs: number;
}

/** A table counts a day's work and then makes its rows. */
const KEPT_DAYS = 2;

/** The work of each day, by device; that of the last days is kept. */
export class DayWork {
  readonly #devices: DeviceRegister;
  readonly #upkeep: Upkeep;
  readonly #days = new BoundedCache<number, readonly FinishedWork[]>(KEPT_DAYS);

  constructor(devices: DeviceRegister, upkeep: Upkeep) {
    this.#devices = devices;
    this.#upkeep = upkeep;
  }

  /** All work of a day since 1970 that is in order of the devices. */
  on(day: number): readonly FinishedWork[] {
    return this.#days.get(day, () => this.#find(day));
  }

  /** The calibrations of a day. */
  calibrationsOn(day: number): readonly FinishedWork[] {
    return this.on(day).filter(({ type }) => type === CALIBRATION);
  }

  /** The battery changes of a day. */
  batteryChangesOn(day: number): readonly FinishedWork[] {
    return this.on(day).filter(({ type }) => type === BATTERY);
  }

  /** What technicians do on a day, each a work order: automatic calibrations are none. */
  ordersOn(day: number): readonly FinishedWork[] {
    return this.#upkeep.isManual ? this.on(day) : this.batteryChangesOn(day);
  }

  #find(day: number): FinishedWork[] {
    const work: FinishedWork[] = [];
    for (let device = 0; device < this.#devices.deviceCount; device++) {
      if (day <= this.#devices.installedDay(device)) continue;
      const times = [this.#upkeep.calibrationMs(device, day), this.#upkeep.batteryMs(device, day)];
      times.forEach((finishedMs, type) => {
        if (finishedMs < Infinity) work.push({ device, type, finishedMs });
      });
    }
    return work;
  }
}

/** The number of a work order: a device has at most one of each type on a day. */
export function workOrderId({ device, type }: FinishedWork, day: number): number {
  return (device * 65_536 + day) * WORK_TYPES.length + type + 1;
}
