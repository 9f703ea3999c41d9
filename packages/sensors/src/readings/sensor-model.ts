import { DAY_MS } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { type AnomalyPart, magnitudeOf } from '../anomalies/anomaly-plan.ts';
import { DAY_SECONDS, type SensorsConfig } from '../config.ts';
import { restingVoltage } from '../devices/battery.ts';
import type { Device } from '../devices/device-register.ts';
import { METRIC_SLOTS, METRICS, profileOf, quantise } from '../devices/metrics.ts';
import { NORMAL_LEVELS } from '../normal-levels.ts';
import { SensorNoise } from './sensor-noise.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a period of the oscillation of a collective anomaly takes. */
const OSCILLATION_SECONDS = 3_600;
/** Air that is less than so many °C above its dew point loses moisture to dew. */
const DEW = 2.5;
/** Indoors, walls and ventilation take up moisture: what lies above this relative humidity counts by this share. */
const DAMP = 60;
const DAMP_SHARE = 0.4;
/** What stays of vibration where a machine stands, and what the plant around adds, of full load. */
const STANDSTILL = 0.05;
const PLANT_SHARE = 0.12;
/** The part of the noise of vibration that is left at a standstill. */
const QUIET = 0.2;
/** A device that is near a machine and not on it feels the whole plant as well. */
const NEAR_SHARE = 0.5;

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

  /** Writes what a sensor shows at each step of a day without anomalies, at its resolution. */
  fill(around: Surroundings, slot: number, into: Float64Array): void {
    const { device, day, calibrations } = around;
    this.#fillTrue(around, slot, into);
    const strength = this.#config.noise;
    const noise = this.#dayNoise;
    if (strength === 0) noise.fill(0);
    else this.#noise.fill(device.index * METRIC_SLOTS + slot, day, noise);
    if (METRICS[slot] === 'vibration') quieten(noise, into, device.vibration);
    const gain = device.gain[slot] as number;
    const offset = device.offset[slot] as number;
    const sd = strength * (device.noise[slot] as number);
    const drift = device.drift[slot] as number;
    const profile = profileOf(slot);
    const calibratedStep = this.#stepAfter(calibrations.onDayMs, around);
    let sinceCalibration = day - calibrations.beforeMs / DAY_MS;
    for (let i = 0; i < this.#stepsPerDay; i++) {
      if (i === calibratedStep) sinceCalibration = day - calibrations.onDayMs / DAY_MS;
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

  /** The first step of a device on a day at or after a moment; `Infinity` where there is none. */
  #stepAfter(ms: number, { device, day }: Surroundings): number {
    return Math.max(0, Math.ceil(((ms - day * DAY_MS - device.phaseMs) * this.#stepsPerDay) / DAY_MS));
  }

  /** Writes the true values of a metric at each step of a day. */
  #fillTrue(around: Surroundings, slot: number, into: Float64Array): void {
    const { device, site, temperature } = around;
    switch (METRICS[slot]) {
      case 'temperature':
        into.set(temperature);
        break;
      case 'humidity': {
        const { placement, moisture } = device;
        for (let i = 0; i < into.length; i++) {
          const humidity = relativeHumidity(
            temperature[i] as number,
            moisture + (site.dewPoint[i] as number),
          );
          into[i] =
            placement === 'outdoor' || humidity < DAMP ? humidity : DAMP + DAMP_SHARE * (humidity - DAMP);
        }
        break;
      }
      case 'pressure':
        into.set(site.pressure);
        break;
      case 'vibration':
        this.#fillVibration(around, into);
        break;
      default:
        this.#fillVoltage(around, into);
    }
  }

  #fillVibration({ device, site, machine, temperature }: Surroundings, into: Float64Array): void {
    const own = device.placement === 'machine' ? 1 : NEAR_SHARE;
    for (let i = 0; i < into.length; i++) {
      const plant = site.load[i] as number;
      const load = own * (machine.load[i] as number) + (1 - own) * plant;
      const warmth = 1 + 0.01 * ((temperature[i] as number) - 20);
      into[i] =
        device.vibration *
        (STANDSTILL + PLANT_SHARE * plant + (1 - STANDSTILL - PLANT_SHARE) * load) *
        warmth;
    }
  }

  #fillVoltage(around: Surroundings, into: Float64Array): void {
    const { day, batteryChanges, batteryDays, temperature } = around;
    const changedStep = this.#stepAfter(batteryChanges.onDayMs, around);
    let changedMs = batteryChanges.beforeMs;
    for (let i = 0; i < into.length; i++) {
      if (i === changedStep) changedMs = batteryChanges.onDayMs;
      const days = day + i / this.#stepsPerDay - changedMs / DAY_MS;
      // On the day of its installation a device has steps that nobody sees.
      into[i] = restingVoltage(Math.max(0, days), batteryDays) + 0.003 * ((temperature[i] as number) - 20);
    }
  }
}

/** Scales the noise of vibration by its strength, of that at full load: a machine that stands hardly makes any. */
function quieten(noise: Float64Array, vibration: Float64Array, full: number): void {
  for (let i = 0; i < noise.length; i++)
    noise[i] = (noise[i] as number) * (QUIET + ((1 - QUIET) * (vibration[i] as number)) / full);
}

/**
 * Relative humidity in per cent, by the Magnus formula over water (WMO: 17.62 and 243.12 °C). Where air cools down to its
 * dew point, dew falls and takes the dew point along: the last degrees between the two are hard to lose.
 */
function relativeHumidity(temperature: number, dewPoint: number): number {
  const apart = temperature - dewPoint;
  const kept = apart < DEW ? DEW * Math.exp(apart / DEW - 1) : apart;
  const below = temperature - kept;
  return 100 * Math.exp((17.62 * below) / (243.12 + below) - (17.62 * temperature) / (243.12 + temperature));
}

/** From 0 up to 1, down to -1 and back to 0 in one turn. */
function triangle(turns: number): number {
  const x = turns - Math.floor(turns);
  return x < 0.25 ? 4 * x : x < 0.75 ? 2 - 4 * x : 4 * x - 4;
}
