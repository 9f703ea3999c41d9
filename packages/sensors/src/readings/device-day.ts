import { DAY_MS } from '@datagen/core/generator';
import type { AnomalyPart } from '../anomalies/anomaly-plan.ts';
import type { Device } from '../devices/device-register.ts';
import type { Fleet } from '../fleet.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';

/**
 * The readings of one device on one day: its messages, then the values of one metric after the other.
 * One instance serves device after device, so that nothing is allocated per reading.
 */
export class DeviceDay {
  /** Steps of the day of which there is a message, in the first `messageCount` places; so are its three times, µs. */
  readonly steps: Int32Array;
  readonly timesUs: Float64Array;
  readonly deviceTimesUs: Float64Array;
  readonly arrivalsUs: Float64Array;
  /** Values by step of the day. */
  readonly values: Float64Array;
  /** By step of the day, 1 more than the position in `parts` of the anomaly it belongs to, or 0. */
  readonly labels: Uint8Array;
  parts: readonly AnomalyPart[] = [];
  messageCount = 0;
  readonly #fleet: Fleet;
  readonly #temperature: Float64Array;
  #device: Device;
  #site = 0;
  #day = 0;

  constructor(fleet: Fleet) {
    const { stepsPerDay } = fleet;
    this.#fleet = fleet;
    this.steps = new Int32Array(stepsPerDay);
    this.timesUs = new Float64Array(stepsPerDay);
    this.deviceTimesUs = new Float64Array(stepsPerDay);
    this.arrivalsUs = new Float64Array(stepsPerDay);
    this.values = new Float64Array(stepsPerDay);
    this.labels = new Uint8Array(stepsPerDay);
    this.#temperature = new Float64Array(stepsPerDay);
    this.#device = fleet.devices.at(0);
  }

  /** Turns to a device on a day since 1970; there are no messages before its installation. */
  open(index: number, day: number): void {
    const { devices, gaps, clock, delivery, samplingMs, stepsPerDay, model } = this.#fleet;
    const device = devices.at(index);
    this.#device = device;
    this.#site = devices.siteOf(index);
    this.#day = day;
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
    model.fillTemperature(device, this.#fleet.siteDay(this.#site, day), this.#temperature);
  }

  /** Fills `values`, `labels` and `parts` for the metric at a position. */
  readMetric(slot: number): void {
    const { model, anomalies } = this.#fleet;
    const device = this.#device;
    const day = this.#day;
    const siteDay = this.#fleet.siteDay(this.#site, day);
    model.fill(device, slot, day, siteDay, this.#temperature, this.values);
    if (this.parts.length > 0) this.labels.fill(0);
    const sensor = device.index * METRIC_SLOTS + slot;
    this.parts = anomalies.partsOn(sensor, slot, day, device.installedDay);
    this.parts.forEach((part, i) => {
      this.labels.fill(i + 1, part.firstStep, part.endStep);
      const stuckAt = part.type === 'stuck' ? this.#stuckValue(slot, part) : 0;
      model.distort(device, slot, day, part, stuckAt, this.values);
    });
  }

  /** What the sensor showed when it got stuck, maybe the day before. */
  #stuckValue(slot: number, { eventFirstStep }: AnomalyPart): number {
    if (eventFirstStep >= 0) return this.values[eventFirstStep] as number;
    const { model, stepsPerDay } = this.#fleet;
    const day = this.#day - 1;
    const siteDay = this.#fleet.siteDay(this.#site, day);
    const temperature = new Float64Array(stepsPerDay);
    const values = new Float64Array(stepsPerDay);
    model.fillTemperature(this.#device, siteDay, temperature);
    model.fill(this.#device, slot, day, siteDay, temperature, values);
    return values[stepsPerDay + eventFirstStep] as number;
  }
}
