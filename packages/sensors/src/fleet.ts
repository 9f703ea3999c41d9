import { AnomalyPlan } from './anomalies/anomaly-plan.ts';
import { DAY_SECONDS, type SensorsConfig } from './config.ts';
import { Delivery } from './delivery/delivery.ts';
import { DeviceClock } from './devices/device-clock.ts';
import { DeviceRegister } from './devices/device-register.ts';
import { Gaps } from './delivery/gaps.ts';
import { MessageCounts } from './delivery/message-counts.ts';
import { METRICS } from './devices/metrics.ts';
import { SensorModel } from './readings/sensor-model.ts';
import { makeSiteDay, type SiteDay } from './sites/site-day.ts';
import { siteAt } from './sites/site.ts';

/** Days of sites kept: a block needs its own, and the one before where a stuck sensor began on it. */
const KEPT_SITE_DAYS = 2;

/** Everything the tables share. */
export class Fleet {
  readonly config: SensorsConfig;
  readonly stepsPerDay: number;
  readonly samplingMs: number;
  /** Positions of the metrics that are measured, in the order of `METRICS`. */
  readonly slots: readonly number[];
  readonly devices: DeviceRegister;
  readonly gaps: Gaps;
  readonly messages: MessageCounts;
  readonly anomalies: AnomalyPlan;
  readonly model: SensorModel;
  readonly delivery: Delivery;
  readonly clock: DeviceClock;
  readonly #siteDays = new Map<string, SiteDay>();

  constructor(config: SensorsConfig) {
    this.config = config;
    this.stepsPerDay = DAY_SECONDS / config.samplingSeconds;
    this.samplingMs = config.samplingSeconds * 1000;
    this.slots = METRICS.flatMap((metric, slot) => (config.metrics.includes(metric) ? slot : []));
    this.devices = new DeviceRegister(config);
    this.gaps = new Gaps(config);
    this.messages = new MessageCounts(config, this.devices, this.gaps);
    this.anomalies = new AnomalyPlan(config);
    this.model = new SensorModel(config);
    this.delivery = new Delivery(config);
    this.clock = new DeviceClock(config);
  }

  /** What the devices of a site share on a day since 1970. */
  siteDay(site: number, day: number): SiteDay {
    const key = `${String(site)}/${String(day)}`;
    let series = this.#siteDays.get(key);
    if (series === undefined) {
      series = makeSiteDay(this.config.seed, siteAt(this.config.seed, site), day, this.stepsPerDay);
      this.#siteDays.set(key, series);
      for (const oldest of this.#siteDays.keys()) {
        if (this.#siteDays.size <= KEPT_SITE_DAYS) break;
        this.#siteDays.delete(oldest);
      }
    }
    return series;
  }
}
