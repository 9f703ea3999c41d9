import { DAY_MS, HOUR_MS } from '@datagen/core/generator';
import type { AnomalyPart } from '../anomalies/anomaly-plan.ts';
import { METRIC_SLOTS, profileOf } from '../devices/metrics.ts';
import { DeviceMessages } from './device-messages.ts';
import { fillQuality } from './quality.ts';
import type { ReadingModel } from './reading-model.ts';
import { Surroundings } from './surroundings.ts';

/** The interval that limits of changes are stated for. */
const STEP_MS = 300_000;

/**
 * The readings of the devices of a site on a day, one device at a time: its messages, then the values of one metric after
 * the other. All devices use the same memory.
 */
export class DeviceDay {
  readonly messages: DeviceMessages;
  /** The values of the metric that was read last, by step of the day. */
  readonly values: Float64Array;
  /** What the firmware thinks of each value, by step of the day. */
  readonly quality: Int32Array;
  /** By step of the day, 1 more than the position in `parts` of the anomaly that the reading belongs to, or 0. */
  readonly labels: Uint8Array;
  /** The parts of the metric's anomalies on the day. */
  parts: readonly AnomalyPart[] = [];
  readonly #model: ReadingModel;
  readonly #site: number;
  readonly #day: number;
  readonly #around: Surroundings;
  readonly #stepScale: number;

  /** `day` counts from 1970. */
  constructor(model: ReadingModel, site: number, day: number) {
    const { stepsPerDay, samplingMs } = model;
    this.#model = model;
    this.#site = site;
    this.#day = day;
    this.messages = new DeviceMessages(model, site, day);
    this.values = new Float64Array(stepsPerDay);
    this.quality = new Int32Array(stepsPerDay);
    this.labels = new Uint8Array(stepsPerDay);
    this.#around = new Surroundings(model, site, day);
    this.#stepScale = Math.sqrt(Math.max(1, samplingMs / STEP_MS));
  }

  /** Turns to a device of the site and fills in its messages, of which there may be none. */
  open(index: number): void {
    this.messages.open(index);
    if (this.messages.device !== undefined) this.#around.open(this.messages.device, this.#day);
  }

  /** Fills `values`, `quality`, `labels` and `parts` for the metric with a slot. */
  readMetric(slot: number): void {
    const { sensors, anomalies } = this.#model;
    const { device, calibrations } = this.#around;
    const day = this.#day;
    sensors.fill(this.#around, slot, this.values);
    if (this.parts.length > 0) this.labels.fill(0);
    const sensor = device.index * METRIC_SLOTS + slot;
    this.parts = anomalies.partsOn(sensor, slot, day, device.installedDay);
    this.parts.forEach((part, i) => {
      this.labels.fill(i + 1, part.firstStep, part.endStep);
      const stuckAt = part.type === 'stuck' ? this.#stuckValue(slot, part) : 0;
      sensors.distort(device, slot, day, part, stuckAt, this.values);
    });
    const calibratedHour = (calibrations.onDayMs - day * DAY_MS - device.phaseMs) / HOUR_MS;
    fillQuality(this.values, profileOf(slot).maxStep * this.#stepScale, calibratedHour, this.quality);
  }

  /** What the sensor showed when it got stuck, which may have been the day before. */
  #stuckValue(slot: number, { eventFirstStep }: AnomalyPart): number {
    if (eventFirstStep >= 0) return this.values[eventFirstStep] as number;
    const { sensors, stepsPerDay } = this.#model;
    const dayBefore = this.#day - 1;
    const around = new Surroundings(this.#model, this.#site, dayBefore);
    around.open(this.#around.device, dayBefore);
    const values = new Float64Array(stepsPerDay);
    sensors.fill(around, slot, values);
    return values[stepsPerDay + eventFirstStep] as number;
  }
}
