import { dayOf, parseDay } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import type { SensorsConfig } from '../config.ts';
import { METRIC_SLOTS, METRICS, profileOf } from './metrics.ts';

export const PLACEMENTS = ['outdoor', 'indoor', 'machine'] as const;
type Placement = (typeof PLACEMENTS)[number];

/** The constants of a device. Arrays are by the position of the metric. */
export interface Device {
  /** From 0; `device_id` is one more. */
  readonly index: number;
  readonly placement: Placement;
  /** Days since 1970. */
  readonly installedDay: number;
  /** A day it is calibrated on, on or before the installation; the others follow every `calibrationDays`. */
  readonly calibrationDay: number;
  /** The moment of the sampling interval at which it measures, ms. */
  readonly phaseMs: number;
  /** Half the daily range of its temperature, °C. */
  readonly diurnalAmplitude: number;
  /** Vibration of the machine at full load, mm/s. */
  readonly vibration: number;
  /** Days a battery lasts. */
  readonly batteryDays: number;
  readonly gain: Float64Array;
  readonly offset: Float64Array;
  /** Units of the metric per day. */
  readonly drift: Float64Array;
  /** Standard deviation of the noise of the sensor, at strength 1. */
  readonly noise: Float64Array;
}

/** Draws of a device from 16 on belong to its metrics. */
const METRIC_DRAWS = 16;

/** Makes devices from their position alone, whatever the size of the fleet. */
export class DeviceRegister {
  readonly #config: SensorsConfig;
  readonly #fleetStart: number;
  readonly #random: KeyedRandom;

  constructor(config: SensorsConfig) {
    this.#config = config;
    this.#fleetStart = dayOf(parseDay(config.fleetStart, 'fleetStart'));
    this.#random = new KeyedRandom(config.seed, 'devices');
  }

  get siteCount(): number {
    return Math.ceil(this.#config.nDevices / this.#config.devicesPerSite);
  }

  siteOf(index: number): number {
    return Math.floor(index / this.#config.devicesPerSite);
  }

  /** The positions of the devices of a site, the last one not included. */
  devicesAt(site: number): { first: number; end: number } {
    const { nDevices, devicesPerSite } = this.#config;
    return { first: site * devicesPerSite, end: Math.min(nDevices, (site + 1) * devicesPerSite) };
  }

  /** Days since 1970. */
  installedDay(index: number): number {
    return this.#fleetStart + Math.floor(this.#random.uniform(index, 0) * this.#config.installDays);
  }

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
