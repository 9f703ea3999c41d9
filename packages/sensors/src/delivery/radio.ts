import { KeyedRandom } from '@datagen/core/random';
import { DAY_PLACES, DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { NORMAL_LEVELS } from '../normal-levels.ts';

/** Gateways of a site; a message is taken from the one that hears it best. */
export const GATEWAYS_PER_SITE = 2;
/** Signal strength of the mean device at the gateway close to it, dBm, and how much devices differ. */
const MEAN_RSSI = -84;
const LINK_DEVIATION = 8;
/** How much weaker the other gateway hears it, dB. */
const [LEAST_BEHIND, MOST_BEHIND] = [4, 16];
/** Fading from day to day, by what is parked in the way, and from message to message, dB. */
const SLOW_FADING = 2;
const FAST_FADING = 3;
/** What radios measure, dBm. */
const [WEAKEST, STRONGEST] = [-127, -30];

/** How strong each message arrives, and at which gateway. */
export class Radio {
  readonly #devices: DeviceRegister;
  readonly #links: KeyedRandom;
  readonly #days: KeyedRandom;
  readonly #messages: KeyedRandom;
  readonly #stepsPerDay: number;

  constructor({ seed, samplingSeconds }: SensorsConfig, devices: DeviceRegister) {
    this.#devices = devices;
    this.#links = new KeyedRandom(seed, 'devices', 'radio');
    this.#days = new KeyedRandom(seed, 'readings', 'rssi', 'day');
    this.#messages = new KeyedRandom(seed, 'readings', 'rssi');
    this.#stepsPerDay = DAY_SECONDS / samplingSeconds;
  }

  /** The number from 0 of the gateway that is close to a device, among all gateways. */
  gatewayOf(index: number): number {
    return this.#devices.siteOf(index) * GATEWAYS_PER_SITE + (this.#links.uniform(index, 0) < 0.5 ? 0 : 1);
  }

  /** Writes signal strength (dBm) and the gateway of the messages at the first `count` of `steps` of a day since 1970. */
  fill(
    index: number,
    day: number,
    steps: Int32Array,
    count: number,
    rssi: Int32Array,
    gateways: Int32Array,
  ): void {
    const near = this.gatewayOf(index);
    const far = near ^ 1;
    const nearRssi = MEAN_RSSI + LINK_DEVIATION * this.#devices.linkQuality(index);
    const behind = LEAST_BEHIND + (MOST_BEHIND - LEAST_BEHIND) * this.#links.uniform(index, 1);
    const position = index * DAY_PLACES + day;
    const fading = (at: number, draw: number) => SLOW_FADING * this.#days.normal(at, draw);
    const [nearNow, nearNext] = [nearRssi + fading(position, 0), nearRssi + fading(position + 1, 0)];
    const [farNow, farNext] = [
      nearRssi - behind + fading(position, 1),
      nearRssi - behind + fading(position + 1, 1),
    ];
    for (let i = 0; i < count; i++) {
      const step = steps[i] as number;
      const time = step / this.#stepsPerDay;
      const bits = this.#messages.uint32(day * this.#stepsPerDay + step, index);
      const one =
        nearNow + time * (nearNext - nearNow) + FAST_FADING * (NORMAL_LEVELS[bits >>> 20] as number);
      const other =
        farNow + time * (farNext - farNow) + FAST_FADING * (NORMAL_LEVELS[(bits >>> 8) & 4095] as number);
      const strongest = Math.round(one >= other ? one : other);
      gateways[i] = one >= other ? near : far;
      rssi[i] = strongest < WEAKEST ? WEAKEST : strongest > STRONGEST ? STRONGEST : strongest;
    }
  }
}
