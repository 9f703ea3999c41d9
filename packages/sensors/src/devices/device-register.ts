import { dayOf, parseDay } from '@datagen/core/generator';
import { KeyedRandom, normalQuantile } from '@datagen/core/random';
import type { SensorsConfig } from '../config.ts';
import { WorkCalendars } from '../sites/work-calendar.ts';
import { METRIC_SLOTS, METRICS, profileOf } from './metrics.ts';

export const PLACEMENTS = ['outdoor', 'indoor', 'machine'] as const;
type Placement = (typeof PLACEMENTS)[number];

/** What machines are there; a device on none stands near one of them. */
export const MACHINE_TYPES = ['press', 'machining centre', 'conveyor', 'compressor', 'pump', 'fan'] as const;
export type MachineType = (typeof MACHINE_TYPES)[number];

/** What is constant in a device. Arrays are by slot of the metric. */
export interface Device {
  /** Position in the fleet, from 0; `device_id` is one more. */
  readonly index: number;
  readonly site: number;
  readonly placement: Placement;
  /** The machine that it is on or near. */
  readonly machine: MachineType;
  /** When it was installed, in milliseconds since 1970. */
  readonly installedMs: number;
  /** The day of its first readings, since 1970. */
  readonly installedDay: number;
  /** The day of its last calibration on or before the installation, since 1970. */
  readonly calibrationDay: number;
  /** When it measures: milliseconds after the start of each sampling interval, by its own clock. */
  readonly phaseMs: number;
  /** Half the mean daily range of its temperature, °C. */
  readonly diurnalAmplitude: number;
  /** How far the dew point of the air around it lies above that outdoors, °C. */
  readonly moisture: number;
  /** Vibration of the machine at full load, mm/s. */
  readonly vibration: number;
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
/** The devices of a site that a technician installs in a day. */
const INSTALLED_A_DAY = 8;
/** A site is fitted out in so many days, with more technicians where it is large. */
const MAX_FITTING_DAYS = 5;
/** The share of devices that were there when their site was fitted out; the others came later. */
const FIRST_SHARE = 0.8;
/** The working hours of technicians, local time. */
const WORKDAY_START = 7.75;
const WORKDAY_HOURS = 7.5;
/** Devices of a site are calibrated in so many batches. */
const CALIBRATION_BATCHES = 4;
/** Multiples of the golden section are spread evenly however many there are. */
const GOLDEN = 0.6180339887498949;
/** Standard deviation of the logarithm of how much weak links lose. */
const LOSS_DEVIATION = 0.45;

/** Makes devices from their position alone, so that a device is the same in a fleet of any size. */
export class DeviceRegister {
  readonly #config: SensorsConfig;
  readonly #calendars: WorkCalendars;
  readonly #fleetStart: number;
  readonly #random: KeyedRandom;
  readonly #sites: KeyedRandom;
  /** By device, the day after its installation, or 0 until it is asked for. */
  readonly #daysAfterInstallation: Int32Array;

  constructor(config: SensorsConfig, calendars = new WorkCalendars()) {
    this.#config = config;
    this.#calendars = calendars;
    this.#fleetStart = dayOf(parseDay(config.fleetStart, 'fleetStart'));
    this.#random = new KeyedRandom(config.seed, 'devices');
    this.#sites = new KeyedRandom(config.seed, 'sites', 'devices');
    this.#daysAfterInstallation = new Int32Array(config.nDevices);
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

  /** The day since 1970 that a site was fitted out on, before any of its devices measured. */
  openingDay(site: number): number {
    return this.#fleetStart + Math.floor(0.8 * this.#sites.uniform(site, 0) * this.#config.installDays);
  }

  /** The day since 1970 of a device's first readings, without making the device. */
  installedDay(index: number): number {
    const known = this.#daysAfterInstallation[index] as number;
    if (known > 0) return known - 1;
    const day = this.#findInstalledDay(index);
    this.#daysAfterInstallation[index] = day + 1;
    return day;
  }

  /** The moment of a device's installation in milliseconds since 1970, on its `installedDay` in UTC as well. */
  installedMs(index: number): number {
    return this.visitMs(index, this.installedDay(index), this.#random.uniform(index, 7));
  }

  /** A moment of a technician's day: devices of a site have their turns one after the other, each a little late. */
  visitMs(index: number, localDay: number, delay: number): number {
    const turn = ((this.#placeAtSite(index) * GOLDEN) % 1) + delay / 24;
    return this.#calendars.of(this.siteOf(index)).momentOf(localDay, WORKDAY_START + WORKDAY_HOURS * turn);
  }

  /** A device is due for calibration on days since 1970 that leave this rest when divided by `calibrationDays`. */
  calibrationPhase(index: number): number {
    const { calibrationDays } = this.#config;
    const batch = this.#placeAtSite(index) % CALIBRATION_BATCHES;
    const turns = this.#sites.uniform(this.siteOf(index), 1) + batch / CALIBRATION_BATCHES;
    return Math.floor((turns % 1) * calibrationDays);
  }

  /** Days between the battery changes of a device. Batteries die sooner in the cold. */
  batteryDays(index: number): number {
    const days = this.#config.batteryDays * (0.65 + 0.75 * this.#random.uniform(index, 6));
    return this.#placement(index) === 'outdoor' ? 0.88 * days : days;
  }

  /** How good the radio link of a device is: about standard normal, and spread evenly over the devices of a site. */
  linkQuality(index: number): number {
    return normalQuantile(
      (this.#placeAtSite(index) * GOLDEN + this.#sites.uniform(this.siteOf(index), 2)) % 1 || 0.5,
    );
  }

  /** How many times as many messages a device loses as the mean device does, by its radio link. */
  lossFactor(index: number): number {
    return Math.exp(-LOSS_DEVIATION * this.linkQuality(index) - 0.5 * LOSS_DEVIATION * LOSS_DEVIATION);
  }

  /** Makes the device at a position. */
  at(index: number): Device {
    const { calibrationDays, devicesPerSite, samplingSeconds, drift: driftStrength } = this.#config;
    const random = this.#random;
    const placement = this.#placement(index);
    const share = random.uniform(index, 2);
    const installedDay = this.installedDay(index);
    const vibration = (placement === 'machine' ? 3 : 1) * (0.8 + random.uniform(index, 3));
    const perMetric = (make: (slot: number) => number) => Float64Array.from(METRICS, (_, slot) => make(slot));
    const normal = (kindOfDraw: number, slot: number) =>
      random.normal(index, METRIC_DRAWS + METRIC_SLOTS * kindOfDraw + slot);
    const size = (slot: number) => (METRICS[slot] === 'vibration' ? vibration : 1);
    // Clocks are off, and no reading may fall on the day before or after that of its interval.
    const margin = 0.25 * Math.min(samplingSeconds, 10);
    const turn = ((index % devicesPerSite) + 0.5 * random.uniform(index, 5)) / devicesPerSite;
    return {
      index,
      site: this.siteOf(index),
      placement,
      machine: MACHINE_TYPES[Math.floor(random.uniform(index, 8) * MACHINE_TYPES.length)] as MachineType,
      installedMs: this.installedMs(index),
      installedDay,
      calibrationDay: lastDue(installedDay, calibrationDays, this.calibrationPhase(index)),
      // The gateway of a site asks its devices in turn.
      phaseMs: Math.floor((margin + turn * (samplingSeconds - 2 * margin)) * 1000),
      diurnalAmplitude:
        placement === 'outdoor' ? 3 + 1.8 * share : placement === 'indoor' ? 0.6 + 0.8 * share : 1 + share,
      moisture: placement === 'outdoor' ? 0 : 0.5 + 2 * random.uniform(index, 4),
      vibration,
      gain: perMetric((slot) => 1 + profileOf(slot).gain * normal(0, slot)),
      offset: perMetric((slot) => profileOf(slot).offset * normal(1, slot)),
      drift: perMetric((slot) => (driftStrength * size(slot) * profileOf(slot).drift * normal(2, slot)) / 90),
      noise: perMetric((slot) => size(slot) * profileOf(slot).noise),
    };
  }

  #findInstalledDay(index: number): number {
    const { installDays } = this.#config;
    const site = this.siteOf(index);
    const opening = this.openingDay(site);
    const u = this.#random.uniform(index, 0);
    const place = Math.floor(this.#placeAtSite(index) / INSTALLED_A_DAY) % MAX_FITTING_DAYS;
    const room = this.#fleetStart + installDays - opening;
    const later = u < FIRST_SHARE ? place : Math.floor(((u - FIRST_SHARE) / (1 - FIRST_SHARE)) * room);
    return this.#calendars.of(site).nextVisitDay(opening + later);
  }

  #placement(index: number): Placement {
    const kind = this.#random.uniform(index, 1);
    return kind < 0.5 ? 'outdoor' : kind < 0.85 ? 'indoor' : 'machine';
  }

  #placeAtSite(index: number): number {
    return index % this.#config.devicesPerSite;
  }
}

/** The last day up to one that leaves `phase` when divided by `interval`. */
export function lastDue(day: number, interval: number, phase: number): number {
  return day - ((((day - phase) % interval) + interval) % interval);
}
