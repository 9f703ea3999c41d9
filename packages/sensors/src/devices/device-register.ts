import { dayOf, parseDay } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import type { SensorsConfig } from '../config.ts';
import { METRIC_SLOTS, METRICS, profileOf } from './metrics.ts';

export const PLACEMENTS = ['outdoor', 'indoor', 'machine'] as const;
type Placement = (typeof PLACEMENTS)[number];

/** What is constant in a device. Arrays are by slot of the metric. */
export interface Device {
  /** Position in the fleet, from 0; `device_id` is one more. */
  readonly index: number;
  readonly placement: Placement;
  /** The day of its first readings, since 1970. */
  readonly installedDay: number;
  /** A day it is calibrated on, on or before the installation; the others follow every `calibrationDays`. */
  readonly calibrationDay: number;
  /** When it measures: milliseconds after the start of each sampling interval. */
  readonly phaseMs: number;
  /** Half the daily range of its temperature, °C. */
  readonly diurnalAmplitude: number;
  /** Vibration of the machine at full load, mm/s. */
  readonly vibration: number;
  /** Days that a battery lasts before it is replaced. */
  readonly batteryDays: number;
  /** Factor on the true value. */
  readonly gain: Float64Array;
  /** Added to the true value, in the unit of the metric. */
  readonly offset: Float64Array;
  /** Change of what is shown, in units of the metric per day since the calibration. */
  readonly drift: Float64Array;
  /** Standard deviation of the noise of the sensor, at strength 1. */
  readonly noise: Float64Array;
}

/** A device's draws from this one on belong to its metrics. */
const METRIC_DRAWS = 16;

/** Makes devices from their position alone, so that a device is the same in a fleet of any size. */
export class DeviceRegister {
  readonly #config: SensorsConfig;
  readonly #fleetStart: number;
  readonly #random: KeyedRandom;

  constructor(config: SensorsConfig) {
    this.#config = config;
    this.#fleetStart = dayOf(parseDay(config.fleetStart, 'fleetStart'));
    this.#random = new KeyedRandom(config.seed, 'devices');
  }

  get deviceCount(): number {
    return this.#config.nDevices;
  }

  get siteCount(): number {
    return Math.ceil(this.#config.nDevices / this.#config.devicesPerSite);
  }

  siteOf(index: number): number {
    return Math.floor(index / this.#config.devicesPerSite);
  }

  /** The positions of the devices of a site: `first` to `end - 1`. */
  devicesAt(site: number): { first: number; end: number } {
    const { nDevices, devicesPerSite } = this.#config;
    return { first: site * devicesPerSite, end: Math.min(nDevices, (site + 1) * devicesPerSite) };
  }

  /** The day since 1970 of a device's first readings, without making the device. */
  installedDay(index: number): number {
    return this.#fleetStart + Math.floor(this.#random.uniform(index, 0) * this.#config.installDays);
  }

  /** Makes the device at a position. */
  at(index: number): Device {
    const { calibrationDays, devicesPerSite, samplingSeconds, drift: driftStrength } = this.#config;
    const random = this.#random;
    const kind = random.uniform(index, 1);
    const placement = kind < 0.5 ? 'outdoor' : kind < 0.85 ? 'indoor' : 'machine';
    const share = random.uniform(index, 2);
    const installedDay = this.installedDay(index);
    const vibration = (placement === 'machine' ? 3 : 1) * (0.8 + random.uniform(index, 3));
    const perMetric = (make: (slot: number) => number) => Float64Array.from(METRICS, (_, slot) => make(slot));
    const normal = (kindOfDraw: number, slot: number) =>
      random.normal(index, METRIC_DRAWS + METRIC_SLOTS * kindOfDraw + slot);
    const size = (slot: number) => (METRICS[slot] === 'vibration' ? vibration : 1);
    return {
      index,
      placement,
      installedDay,
      calibrationDay: installedDay - Math.floor(random.uniform(index, 4) * calibrationDays),
      // The gateway of a site asks its devices in turn.
      phaseMs: Math.floor(
        (((index % devicesPerSite) + 0.5 * random.uniform(index, 5)) / devicesPerSite) *
          samplingSeconds *
          1000,
      ),
      diurnalAmplitude:
        placement === 'outdoor' ? 3.5 + 2 * share : placement === 'indoor' ? 0.6 + 0.8 * share : 1 + share,
      vibration,
      batteryDays: 500 + 600 * random.uniform(index, 6),
      gain: perMetric((slot) => 1 + profileOf(slot).gain * normal(0, slot)),
      offset: perMetric((slot) => profileOf(slot).offset * normal(1, slot)),
      drift: perMetric((slot) => (driftStrength * size(slot) * profileOf(slot).drift * normal(2, slot)) / 90),
      noise: perMetric((slot) => size(slot) * profileOf(slot).noise),
    };
  }
}
