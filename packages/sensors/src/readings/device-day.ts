import { DAY_MS } from '@datagen/core/generator';
import type { AnomalyPart } from '../anomalies/anomaly-plan.ts';
import type { Device } from '../devices/device-register.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';
import type { ReadingModel } from './reading-model.ts';

/**
 * The readings of the devices of a site on a day, one device at a time: its messages, then the values of one metric after
 * the other. All devices use the same memory.
 */
export class DeviceDay {
  /** Of how many steps of the day there is a message. */
  messageCount = 0;
  /** The step of each message, in rising order, in the first `messageCount` places. */
  readonly steps: Int32Array;
  /** When each message was measured, in microseconds since 1970. */
  readonly timesUs: Float64Array;
  /** The same by the clock of the device. */
  readonly deviceTimesUs: Float64Array;
  /** When each message arrived, in microseconds since 1970. */
  readonly arrivalsUs: Float64Array;
  /** The values of the metric that was read last, by step of the day. */
  readonly values: Float64Array;
  /** By step of the day, 1 more than the position in `parts` of the anomaly that the reading belongs to, or 0. */
  readonly labels: Uint8Array;
  /** The parts of the metric's anomalies on the day. */
  parts: readonly AnomalyPart[] = [];
  readonly #model: ReadingModel;
  readonly #site: number;
  readonly #day: number;
  readonly #temperature: Float64Array;
  #device: Device;

  /** `day` counts from 1970. */
  constructor(model: ReadingModel, site: number, day: number) {
    const { stepsPerDay, devices } = model;
    this.#model = model;
    this.#site = site;
    this.#day = day;
    this.steps = new Int32Array(stepsPerDay);
    this.timesUs = new Float64Array(stepsPerDay);
    this.deviceTimesUs = new Float64Array(stepsPerDay);
    this.arrivalsUs = new Float64Array(stepsPerDay);
    this.values = new Float64Array(stepsPerDay);
    this.labels = new Uint8Array(stepsPerDay);
    this.#temperature = new Float64Array(stepsPerDay);
    this.#device = devices.at(devices.devicesAt(site).first);
  }

  /** Turns to a device of the site and fills in its messages, of which there are none before its installation. */
  open(index: number): void {
    const { devices, gaps, clock, delivery, samplingMs, stepsPerDay, sensors, siteDays } = this.#model;
    const device = devices.at(index);
    const day = this.#day;
    this.#device = device;
    this.messageCount = day < device.installedDay ? 0 : gaps.presentSteps(index, day, this.steps);
    if (this.messageCount === 0) return;
    const leadUs = clock.of(index);
    const outages = delivery.outagesOf(this.#site, day);
    for (let i = 0; i < this.messageCount; i++) {
      const step = this.steps[i] as number;
      const timeMs = day * DAY_MS + step * samplingMs + device.phaseMs;
      this.timesUs[i] = timeMs * 1000;
      this.deviceTimesUs[i] = timeMs * 1000 + leadUs(timeMs);
      this.arrivalsUs[i] = delivery.arrivalUs(index, timeMs, day * stepsPerDay + step, outages);
    }
    sensors.fillTemperature(device, siteDays.at(this.#site, day), this.#temperature);
  }

  /** Fills `values`, `labels` and `parts` for the metric with a slot. */
  readMetric(slot: number): void {
    const { sensors, anomalies, siteDays } = this.#model;
    const device = this.#device;
    const day = this.#day;
    sensors.fill(device, slot, day, siteDays.at(this.#site, day), this.#temperature, this.values);
    if (this.parts.length > 0) this.labels.fill(0);
    const sensor = device.index * METRIC_SLOTS + slot;
    this.parts = anomalies.partsOn(sensor, slot, day, device.installedDay);
    this.parts.forEach((part, i) => {
      this.labels.fill(i + 1, part.firstStep, part.endStep);
      const stuckAt = part.type === 'stuck' ? this.#stuckValue(slot, part) : 0;
      sensors.distort(device, slot, day, part, stuckAt, this.values);
    });
  }

  /** What the sensor showed when it got stuck, which may have been the day before. */
  #stuckValue(slot: number, { eventFirstStep }: AnomalyPart): number {
    if (eventFirstStep >= 0) return this.values[eventFirstStep] as number;
    const { sensors, siteDays, stepsPerDay } = this.#model;
    const dayBefore = this.#day - 1;
    const siteDay = siteDays.at(this.#site, dayBefore);
    const temperature = new Float64Array(stepsPerDay);
    const values = new Float64Array(stepsPerDay);
    sensors.fillTemperature(this.#device, siteDay, temperature);
    sensors.fill(this.#device, slot, dayBefore, siteDay, temperature, values);
    return values[stepsPerDay + eventFirstStep] as number;
  }
}
