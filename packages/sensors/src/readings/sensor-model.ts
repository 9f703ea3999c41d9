import { KeyedRandom } from '@datagen/core/random';
import { type AnomalyPart, magnitudeOf } from '../anomalies/anomaly-plan.ts';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { Device } from '../devices/device-register.ts';
import { METRIC_SLOTS, METRICS, profileOf, quantise } from '../devices/metrics.ts';
import { NORMAL_LEVELS } from '../normal-levels.ts';
import type { SiteDay } from '../sites/site-day.ts';
import { SensorNoise } from './sensor-noise.ts';

/** How long a period of the oscillation of a collective anomaly takes. */
const OSCILLATION_SECONDS = 3_600;

/** What sensors show: the true value through gain and offset, plus drift since the calibration, plus noise. */
export class SensorModel {
  readonly #config: SensorsConfig;
  readonly #noise: SensorNoise;
  readonly #bursts: KeyedRandom;
  readonly #stepsPerDay: number;
  /** Holds the noise of a day while its values are made. */
  readonly #dayNoise: Float64Array;

  constructor(config: SensorsConfig) {
    this.#config = config;
    this.#noise = new SensorNoise(config.seed, config.samplingSeconds);
    this.#bursts = new KeyedRandom(config.seed, 'readings', 'noise_burst');
    this.#stepsPerDay = DAY_SECONDS / config.samplingSeconds;
    this.#dayNoise = new Float64Array(this.#stepsPerDay);
  }

  /** Writes the true temperature at a device, which its other metrics follow, at each step of a day. */
  fillTemperature(device: Device, site: SiteDay, into: Float64Array): void {
    const { placement, diurnalAmplitude } = device;
    const exposure = placement === 'outdoor' ? 1 : placement === 'indoor' ? 0.15 : 0.25;
    const inside = (1 - exposure) * (placement === 'machine' ? 26 : 21.5);
    const heat = placement === 'machine' ? 5 : 0;
    for (let i = 0; i < this.#stepsPerDay; i++) {
      into[i] =
        inside +
        exposure * (site.air[i] as number) +
        diurnalAmplitude * (site.diurnal[i] as number) +
        heat * (site.load[i] as number);
    }
  }

  /** Writes what a sensor shows at each step of a day without anomalies, at its resolution. */
  fill(
    device: Device,
    slot: number,
    day: number,
    site: SiteDay,
    temperature: Float64Array,
    into: Float64Array,
  ): void {
    this.#fillTrue(device, slot, day, site, temperature, into);
    const { noise: strength, calibrationDays } = this.#config;
    const noise = this.#dayNoise;
    if (strength === 0) noise.fill(0);
    else this.#noise.fill(device.index * METRIC_SLOTS + slot, day, noise);
    const gain = device.gain[slot] as number;
    const offset = device.offset[slot] as number;
    const sd = strength * (device.noise[slot] as number);
    const drift = device.drift[slot] as number;
    const sinceCalibration = (day - device.calibrationDay) % calibrationDays;
    const profile = profileOf(slot);
    for (let i = 0; i < this.#stepsPerDay; i++) {
      const value =
        gain * (into[i] as number) +
        offset +
        drift * (sinceCalibration + i / this.#stepsPerDay) +
        sd * (noise[i] as number);
      into[i] = quantise(value, profile);
    }
  }

  /** Bends the values of a part of an anomaly; `stuckAt` is what the sensor showed when it got stuck. */
  distort(
    device: Device,
    slot: number,
    day: number,
    part: AnomalyPart,
    stuckAt: number,
    into: Float64Array,
  ): void {
    const { type, firstStep, endStep, eventFirstStep, eventSteps } = part;
    if (type === 'stuck') {
      into.fill(stuckAt, firstStep, endStep);
      return;
    }
    const profile = profileOf(slot);
    const magnitude = magnitudeOf(device, slot, part);
    const period = Math.max(4, OSCILLATION_SECONDS / this.#config.samplingSeconds);
    for (let i = firstStep; i < endStep; i++) {
      const elapsed = i - eventFirstStep;
      let change = magnitude;
      if (type === 'drift') change *= (elapsed + 1) / eventSteps;
      else if (type === 'collective') change *= triangle(elapsed / period);
      else if (type === 'noise_burst') {
        const bits = this.#bursts.uint32(day * this.#stepsPerDay + i, device.index * METRIC_SLOTS + slot);
        change *= NORMAL_LEVELS[bits >>> 20] as number;
      }
      const value = (into[i] as number) + change;
      into[i] = quantise(value, profile);
    }
  }

  /** Writes the true values of a metric at each step of a day. */
  #fillTrue(
    device: Device,
    slot: number,
    day: number,
    site: SiteDay,
    temperature: Float64Array,
    into: Float64Array,
  ): void {
    const steps = this.#stepsPerDay;
    switch (METRICS[slot]) {
      case 'temperature':
        into.set(temperature);
        break;
      case 'humidity':
        for (let i = 0; i < steps; i++)
          into[i] = relativeHumidity(temperature[i] as number, site.dewPoint[i] as number);
        break;
      case 'pressure':
        into.set(site.pressure);
        break;
      case 'vibration':
        for (let i = 0; i < steps; i++) {
          const warmth = 1 + 0.01 * ((temperature[i] as number) - 20);
          into[i] = device.vibration * (0.25 + 0.75 * (site.load[i] as number)) * warmth;
        }
        break;
      default: {
        const discharged = dischargeOf(
          ((day - device.installedDay) % device.batteryDays) / device.batteryDays,
        );
        for (let i = 0; i < steps; i++)
          into[i] = 3.62 - discharged + 0.003 * ((temperature[i] as number) - 20);
      }
    }
  }
}

/** Magnus formula over water (WMO: 17.62 and 243.12 °C), in per cent. */
function relativeHumidity(temperature: number, dewPoint: number): number {
  const exponent = (17.62 * dewPoint) / (243.12 + dewPoint) - (17.62 * temperature) / (243.12 + temperature);
  return exponent >= 0 ? 100 : 100 * Math.exp(exponent);
}

/** Volts a lithium cell has lost at a share of its life: a slow fall, then a knee. */
function dischargeOf(age: number): number {
  const square = age * age;
  return 0.18 * age + 0.4 * square * square * square;
}

/** From 0 up to 1, down to -1 and back to 0 in one turn. */
function triangle(turns: number): number {
  const x = turns - Math.floor(turns);
  return x < 0.25 ? 4 * x : x < 0.75 ? 2 - 4 * x : 4 * x - 4;
}
