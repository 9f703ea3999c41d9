import { DAY_MS, MINUTE_MS } from '@datagen/core/generator';
import { EventSchedule, KeyedRandom, type ScheduledEvent } from '@datagen/core/random';
import type { SensorsConfig } from '../config.ts';
import { NORMAL_LEVELS } from '../normal-levels.ts';

/** Outages of a site's uplink last an hour on average and 12 at most. */
const OUTAGE_MS = 60 * MINUTE_MS;
const MAX_OUTAGE_MS = 12 * 60 * MINUTE_MS;
/** After an outage a device sends one kept message in this time. */
const FLUSH_US = 50_000;
/** Delays are log-normal: their median is 2 s, the standard deviation of their logarithm 0.8. */
const DELAYS_US = NORMAL_LEVELS.map((z) => Math.round(2e6 * Math.exp(0.8 * z)));

/** When readings arrive: seconds after they were taken, or after the outage of the site's uplink that held them back. */
export class Delivery {
  readonly #random: KeyedRandom;
  readonly #outages: EventSchedule;
  readonly #samplingMs: number;

  constructor({ seed, lateRate, samplingSeconds }: SensorsConfig) {
    this.#samplingMs = samplingSeconds * 1000;
    this.#random = new KeyedRandom(seed, 'readings', 'ingest_ts');
    const durations = new KeyedRandom(seed, 'sites', 'outages', 'duration');
    this.#outages = new EventSchedule(
      new KeyedRandom(seed, 'sites', 'outages', 'start'),
      (lateRate * DAY_MS) / OUTAGE_MS,
      1,
      (id) => Math.min(MAX_OUTAGE_MS, Math.ceil(-OUTAGE_MS * Math.log(durations.uniform(id)))),
    );
  }

  /** The outages of a site that can hold back what is measured on a day. */
  outagesOf(site: number, day: number): ScheduledEvent[] {
    return this.#outages.during(site, { startMs: day * DAY_MS, endMs: (day + 2) * DAY_MS });
  }

  /**
   * Arrival in µs since 1970 of what a device measured at `timeMs`, its step `step` since 1970. Messages that an
   * outage held back come one after the other once it ends.
   */
  arrivalUs(device: number, timeMs: number, step: number, outages: readonly ScheduledEvent[]): number {
    let sentMs = timeMs;
    let sinceMs = timeMs;
    for (const { startMs, endMs } of outages) {
      if (startMs > sentMs || endMs <= sentMs) continue;
      if (sentMs === timeMs) sinceMs = startMs;
      // An outage that begins while another lasts makes it longer.
      sentMs = endMs;
    }
    const bits = this.#random.uint32(step, device);
    if (sentMs === timeMs) return timeMs * 1000 + (DELAYS_US[bits >>> 20] as number) + (bits & 1023);
    const ahead = Math.floor((timeMs - sinceMs) / this.#samplingMs);
    return sentMs * 1000 + (ahead + 1) * FLUSH_US + (bits & 0x3fff);
  }
}
