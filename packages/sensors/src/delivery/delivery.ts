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

/** A message that was not acknowledged is sent again after this time, and takes longer than the first. */
const RESEND_US = 5_000_000;
const RESEND_FACTOR = 3;
/** Why uplinks fail: the shares of the causes are estimates. */
export const OUTAGE_CAUSES = ['carrier', 'power', 'gateway restart', 'maintenance'] as const;
const CAUSE_LIMITS = [0.5, 0.75, 0.92, 1];

/** When readings arrive: seconds after they were taken, or after the outage of the site's uplink that held them back. */
export class Delivery {
  readonly #random: KeyedRandom;
  readonly #resends: KeyedRandom;
  readonly #causes: KeyedRandom;
  readonly #outages: EventSchedule;
  readonly #samplingMs: number;

  constructor({ seed, lateRate, samplingSeconds }: SensorsConfig) {
    this.#samplingMs = samplingSeconds * 1000;
    this.#random = new KeyedRandom(seed, 'readings', 'ingest_ts');
    this.#resends = new KeyedRandom(seed, 'readings', 'is_duplicate', 'delay');
    this.#causes = new KeyedRandom(seed, 'outages', 'cause');
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

  /** The number of outages of a site that begin on a day since 1970. */
  outageCountOn(site: number, day: number): number {
    return this.#outages.countOn(site, day);
  }

  /** The outages of a site that begin on a day since 1970, in the order of time. */
  outagesStartedOn(site: number, day: number): ScheduledEvent[] {
    return this.#outages.startedOn(site, day);
  }

  /** The place in `OUTAGE_CAUSES` of what caused an outage. */
  causeOf({ id }: ScheduledEvent): number {
    const u = this.#causes.uniform(id);
    return CAUSE_LIMITS.findIndex((limit) => u < limit);
  }

  /** How many µs after the first copy of a message the second one arrives, of the step `step` since 1970. */
  resendUs(device: number, step: number): number {
    const bits = this.#resends.uint32(step, device);
    return RESEND_US + RESEND_FACTOR * (DELAYS_US[bits >>> 20] as number) + (bits & 1023);
  }

  /**
   * Arrival in µs since 1970 of what a device measured at `timeUs`, its step `step` since 1970. Messages that an
   * outage held back come one after the other once it ends.
   */
  arrivalUs(device: number, timeUs: number, step: number, outages: readonly ScheduledEvent[]): number {
    const timeMs = timeUs / 1000;
    let sentMs = timeMs;
    let sinceMs = timeMs;
    for (const { startMs, endMs } of outages) {
      if (startMs > sentMs || endMs <= sentMs) continue;
      if (sentMs === timeMs) sinceMs = startMs;
      // An outage that begins while another lasts makes it longer.
      sentMs = endMs;
    }
    const bits = this.#random.uint32(step, device);
    if (sentMs === timeMs) return timeUs + (DELAYS_US[bits >>> 20] as number) + (bits & 1023);
    const ahead = Math.floor((timeMs - sinceMs) / this.#samplingMs);
    return sentMs * 1000 + (ahead + 1) * FLUSH_US + (bits & 0x3fff);
  }
}
