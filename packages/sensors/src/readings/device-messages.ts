import type { Device } from '../devices/device-register.ts';
import type { ReadingModel } from './reading-model.ts';

/** The messages of the devices of a site on a day, one device at a time, in the same memory. */
export class DeviceMessages {
  /** How many messages of the day there are. */
  count = 0;
  /** The step of each message, in rising order, in the first `count` places; twice where it was delivered twice. */
  readonly steps: Int32Array;
  /** 1 for the second copy of a message. */
  readonly copies: Uint8Array;
  /** When each message was measured, in microseconds since 1970. */
  readonly timesUs: Float64Array;
  /** The same by the clock of the device. */
  readonly deviceTimesUs: Float64Array;
  /** When each message arrived, in microseconds since 1970. */
  readonly arrivalsUs: Float64Array;
  /** The device, if it has messages. */
  device: Device | undefined;
  readonly #model: ReadingModel;
  readonly #site: number;
  readonly #day: number;

  /** `day` counts from 1970. */
  constructor(model: ReadingModel, site: number, day: number) {
    const most = model.messages.mostPerDay;
    this.#model = model;
    this.#site = site;
    this.#day = day;
    this.steps = new Int32Array(most);
    this.copies = new Uint8Array(most);
    this.timesUs = new Float64Array(most);
    this.deviceTimesUs = new Float64Array(most);
    this.arrivalsUs = new Float64Array(most);
  }

  /** Turns to a device of the site and fills in its messages, of which there are none before its installation. */
  open(index: number): void {
    const { devices, messages, clock, delivery, stepsPerDay } = this.#model;
    const { steps, copies, arrivalsUs } = this;
    const day = this.#day;
    this.count = day < devices.installedDay(index) ? 0 : messages.fill(index, day, steps, copies);
    this.device = this.count === 0 ? undefined : devices.at(index);
    if (this.device === undefined) return;
    clock.fill(this.device, day, steps, this.count, this.deviceTimesUs, this.timesUs);
    const outages = delivery.outagesOf(this.#site, day);
    for (let i = 0; i < this.count; i++) {
      const step = day * stepsPerDay + (steps[i] as number);
      arrivalsUs[i] =
        copies[i] === 0
          ? delivery.arrivalUs(index, this.timesUs[i] as number, step, outages)
          : (arrivalsUs[i - 1] as number) + delivery.resendUs(index, step);
    }
  }
}
