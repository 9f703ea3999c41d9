import {
  DatagenError,
  DAY_MS,
  dayOf,
  formatDay,
  option,
  parseDay,
  type Sentence,
  sentence,
  type TimeRange,
} from '@datagen/core/generator';
import { AnomalyPlan } from './anomalies/anomaly-plan.ts';
import { DAY_SECONDS, LAST_DAY, type SensorsConfig } from './config.ts';
import { Delivery } from './delivery/delivery.ts';
import { MessageCounts } from './delivery/message-counts.ts';
import { Messages } from './delivery/messages.ts';
import { Radio } from './delivery/radio.ts';
import { DeviceClock } from './devices/device-clock.ts';
import { DeviceRegister } from './devices/device-register.ts';
import { METRICS } from './devices/metrics.ts';
import { DutyCycles } from './machines/duty-cycles.ts';
import { DayWork } from './maintenance/day-work.ts';
import { Upkeep } from './maintenance/upkeep.ts';
import type { ReadingModel } from './readings/reading-model.ts';
import { SensorModel } from './readings/sensor-model.ts';
import { SiteDays } from './sites/site-days.ts';
import { WorkCalendars } from './sites/work-calendar.ts';

/** The parts of the fleet put together. */
export class Fleet implements ReadingModel {
  readonly stepsPerDay: number;
  readonly samplingMs: number;
  readonly slots: readonly number[];
  readonly devices: DeviceRegister;
  readonly clock: DeviceClock;
  readonly siteDays: SiteDays;
  readonly sensors: SensorModel;
  readonly anomalies: AnomalyPlan;
  readonly upkeep: Upkeep;
  readonly dayWork: DayWork;
  readonly dutyCycles: DutyCycles;
  readonly messages: Messages;
  readonly messageCounts: MessageCounts;
  readonly radio: Radio;
  readonly delivery: Delivery;
  readonly #fleetStart: string;

  constructor(config: SensorsConfig) {
    const { seed, samplingSeconds, metrics, fleetStart } = config;
    this.#fleetStart = fleetStart;
    this.stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.samplingMs = samplingSeconds * 1000;
    this.slots = METRICS.flatMap((metric, slot) => (metrics.includes(metric) ? slot : []));
    const calendars = new WorkCalendars();
    this.devices = new DeviceRegister(config, calendars);
    this.clock = new DeviceClock(config);
    this.siteDays = new SiteDays(seed, calendars, this.stepsPerDay);
    this.upkeep = new Upkeep(config, this.devices, calendars);
    this.dayWork = new DayWork(this.devices, this.upkeep);
    this.dutyCycles = new DutyCycles(config, calendars);
    this.sensors = new SensorModel(config);
    this.anomalies = new AnomalyPlan(config);
    this.messages = new Messages(config, this.devices);
    this.messageCounts = new MessageCounts(this.devices, this.messages);
    this.radio = new Radio(config, this.devices);
    this.delivery = new Delivery(config);
  }

  /** Refuses days before the fleet is there, and days that the numbers of anomalies have no room for. */
  checkWindow({ startMs, endMs }: TimeRange): void {
    if (startMs < parseDay(this.#fleetStart, 'fleetStart')) {
      throw invalid(
        'startDate',
        sentence`Expected a start date on or after the ${option('fleetStart')} ${this.#fleetStart} of the devices, got ${formatDay(startMs)}.`,
      );
    }
    if (dayOf(endMs - 1) > LAST_DAY) {
      throw invalid(
        'endDate',
        sentence`Expected ${option('endDate')} on or before ${formatDay(LAST_DAY * DAY_MS)}, the last day that anomalies can be numbered on, got ${formatDay(endMs - DAY_MS)}.`,
      );
    }
  }
}

function invalid(name: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: name } });
}
