import { DAY_MS } from '@datagen/core/generator';
import { EventSchedule, KeyedRandom, type ScheduledEvent } from '@datagen/core/random';
import { DAY_PLACES, DAY_SECONDS, type SensorsConfig } from '../config.ts';
import type { Device } from '../devices/device-register.ts';
import { METRIC_SLOTS, METRICS, profileOf } from '../devices/metrics.ts';
import { hazardLevels } from './hazard-levels.ts';

/** Faults of sensors after Ni et al. (2009) and Sharma et al. (2010). */
export const ANOMALY_TYPES = ['spike', 'level_shift', 'stuck', 'noise_burst', 'drift', 'collective'] as const;
export type AnomalyType = (typeof ANOMALY_TYPES)[number];

interface TypeProfile {
  /** The share of anomalies that are of this type. */
  readonly share: number;
  /** It lasts from `shortest` to `longest` hours, or for a single reading where both are 0. */
  readonly shortest: number;
  readonly longest: number;
  /** Its size is from `smallest` to `largest` standard deviations of the sensor's noise. */
  readonly smallest: number;
  readonly largest: number;
  /** Whether it may go up or down. */
  readonly isSigned: boolean;
}

const TYPE_PROFILES: Readonly<Record<AnomalyType, TypeProfile>> = {
  spike: { share: 0.55, shortest: 0, longest: 0, smallest: 8, largest: 20, isSigned: true },
  level_shift: { share: 0.12, shortest: 2, longest: 8, smallest: 5, largest: 12, isSigned: true },
  stuck: { share: 0.12, shortest: 1, longest: 6, smallest: 0, largest: 0, isSigned: false },
  noise_burst: { share: 0.09, shortest: 1, longest: 5, smallest: 3, largest: 7, isSigned: false },
  drift: { share: 0.07, shortest: 4, longest: 16, smallest: 6, largest: 15, isSigned: true },
  collective: { share: 0.05, shortest: 1, longest: 5, smallest: 4, largest: 7, isSigned: false },
};

/** An anomaly that is not a spike lasts for so many readings at least: fewer would not show it. */
const MIN_STEPS = 3;
/** A battery does not oscillate: its contact breaks for a moment instead. */
const OSCILLATES = METRICS.map((metric) => metric !== 'battery');
/** The draws of an event, each of its own number. */
const TYPE = 1;
const DURATION = 2;
const SIZE = 3;
const SIGN = 4;

/** The shares summed up, by type. The last is 1, whatever the decimals add up to. */
const TYPE_LIMITS = ANOMALY_TYPES.map((_, i) =>
  i === ANOMALY_TYPES.length - 1
    ? 1
    : ANOMALY_TYPES.slice(0, i + 1).reduce((sum, type) => sum + TYPE_PROFILES[type].share, 0),
);

/** Events of one sensor and day, at most. */
const EVENT_PLACES = 16;
/** Parts of one sensor and day, at most: those that began on it, and one that began the day before. */
const PART_PLACES = EVENT_PLACES + 1;

/** The part of an anomaly that lies in one UTC day. Steps count from the start of that day. */
export interface AnomalyPart {
  readonly anomalyId: number;
  /** The `anomalyId` of the part that the anomaly began with. */
  readonly eventId: number;
  readonly type: AnomalyType;
  readonly firstStep: number;
  /** The step after its last one. */
  readonly endStep: number;
  /** The step that the whole anomaly began with: negative where it began the day before. */
  readonly eventFirstStep: number;
  /** Steps of the whole anomaly. */
  readonly eventSteps: number;
  /** Signed size in standard deviations of the sensor's noise; 0 for `stuck`. */
  readonly size: number;
}

const NONE: readonly AnomalyPart[] = [];

/**
 * The anomalies of all sensors, each sensor and day found without the others. An anomaly ends where the next one begins.
 * A sensor is a device and a metric: `device * METRIC_SLOTS + slot`.
 */
export class AnomalyPlan {
  readonly #random: KeyedRandom;
  readonly #hazards: KeyedRandom;
  /** By how prone a device is to faults, from the most reliable to the lemons. */
  readonly #schedules: readonly EventSchedule[];
  /** The device that was asked for last, and its schedule. */
  #device = -1;
  #schedule: EventSchedule | undefined;
  readonly #samplingMs: number;
  readonly #stepsPerDay: number;

  constructor({ seed, samplingSeconds, anomaliesPerDay }: SensorsConfig) {
    this.#samplingMs = samplingSeconds * 1000;
    this.#stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.#random = new KeyedRandom(seed, 'anomalies');
    this.#hazards = new KeyedRandom(seed, 'devices', 'hazard');
    const starts = new KeyedRandom(seed, 'anomalies', 'start');
    const durationMs = (id: number) => this.#stepCount(id) * this.#samplingMs;
    this.#schedules = hazardLevels(anomaliesPerDay).map(
      (rate) => new EventSchedule(starts, rate, 1, durationMs),
    );
  }

  /** The parts on a day of the anomalies of a sensor, which has none up to its `installedDay`, in the order of time. */
  partsOn(sensor: number, slot: number, day: number, installedDay: number): readonly AnomalyPart[] {
    if (day <= installedDay) return NONE;
    const schedule = this.#scheduleOf(sensor);
    const hadEvents = day > installedDay + 1 && schedule.countOn(sensor, day - 1) > 0;
    if (!hadEvents && schedule.countOn(sensor, day) === 0) return NONE;
    const today = schedule.startedOn(sensor, day);
    const events = hadEvents ? schedule.startedOn(sensor, day - 1).concat(today) : today;
    const parts: AnomalyPart[] = [];
    for (let i = 0; i < events.length; i++) {
      const event = events[i] as ScheduledEvent;
      const next = events[i + 1];
      const eventFirstStep = this.#stepOf(event.startMs, day);
      const eventEndStep = this.#stepOf(event.endMs, day);
      const nextFirstStep = next === undefined ? this.#stepsPerDay : this.#stepOf(next.startMs, day);
      const firstStep = Math.max(0, eventFirstStep);
      const endStep = Math.min(eventEndStep, nextFirstStep, this.#stepsPerDay);
      if (endStep <= firstStep) continue;
      const beganToday = eventFirstStep >= 0;
      const position = sensor * DAY_PLACES + day;
      const place = event.id % EVENT_PLACES;
      parts.push({
        anomalyId: position * PART_PLACES + (beganToday ? place : EVENT_PLACES) + 1,
        eventId: (beganToday ? position : position - 1) * PART_PLACES + place + 1,
        type: this.#typeOf(event.id),
        firstStep,
        endStep,
        eventFirstStep,
        eventSteps: eventEndStep - eventFirstStep,
        size: this.#sizeOf(event.id, slot),
      });
    }
    return parts;
  }

  /** The number of parts on a day, in most cases without making them. */
  countOn(sensor: number, day: number, installedDay: number): number {
    if (day <= installedDay) return 0;
    const schedule = this.#scheduleOf(sensor);
    const started = schedule.countOn(sensor, day);
    const hadEvents = day > installedDay + 1 && schedule.countOn(sensor, day - 1) > 0;
    // Nothing can end a single anomaly before its first reading.
    if (started < 2 && !hadEvents) return started;
    return this.partsOn(sensor, 0, day, installedDay).length;
  }

  #scheduleOf(sensor: number): EventSchedule {
    const device = Math.floor(sensor / METRIC_SLOTS);
    if (device !== this.#device) {
      const level = Math.floor(this.#hazards.uniform(device) * this.#schedules.length);
      this.#schedule = this.#schedules[level];
      this.#device = device;
    }
    return this.#schedule as EventSchedule;
  }

  #stepOf(ms: number, day: number): number {
    return Math.floor((ms - day * DAY_MS) / this.#samplingMs);
  }

  #typeOf(id: number): AnomalyType {
    const u = this.#random.uniform(id, TYPE);
    let place = 0;
    while (u >= (TYPE_LIMITS[place] as number)) place++;
    const type = ANOMALY_TYPES[place] as AnomalyType;
    const sensor = Math.floor(id / (DAY_PLACES * EVENT_PLACES));
    return type === 'collective' && OSCILLATES[sensor % METRIC_SLOTS] === false ? 'spike' : type;
  }

  #stepCount(id: number): number {
    const { shortest, longest } = TYPE_PROFILES[this.#typeOf(id)];
    if (longest === 0) return 1;
    const hours = shortest + (longest - shortest) * this.#random.uniform(id, DURATION);
    const steps = Math.max(MIN_STEPS, Math.round((hours * 3_600_000) / this.#samplingMs));
    return Math.min(steps, this.#stepsPerDay);
  }

  #sizeOf(id: number, slot: number): number {
    const { smallest, largest, isSigned } = TYPE_PROFILES[this.#typeOf(id)];
    const size = smallest + (largest - smallest) * this.#random.uniform(id, SIZE);
    const { anomalySign } = profileOf(slot);
    if (!isSigned || anomalySign > 0) return size;
    return anomalySign < 0 || this.#random.uniform(id, SIGN) < 0.5 ? -size : size;
  }
}

/** The size of an anomaly of a device in the unit of its metric; 0 for `stuck`. */
export function magnitudeOf(device: Device, slot: number, { size }: AnomalyPart): number {
  const { perUnit } = profileOf(slot);
  return Math.round(size * (device.noise[slot] as number) * perUnit) / perUnit;
}
