import type { TimeRange } from '@datagen/core/generator';
import type { AnomalyPlan } from '../anomalies/anomaly-plan.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { MessageCounts } from '../delivery/message-counts.ts';
import type { Messages } from '../delivery/messages.ts';
import type { Radio } from '../delivery/radio.ts';
import type { DeviceClock } from '../devices/device-clock.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import type { DutyCycles } from '../machines/duty-cycles.ts';
import type { Upkeep } from '../maintenance/upkeep.ts';
import type { SiteDays } from '../sites/site-days.ts';
import type { SensorModel } from './sensor-model.ts';

/** What readings are made from. */
export interface ReadingModel {
  readonly stepsPerDay: number;
  readonly samplingMs: number;
  /** The slots of the metrics that are measured, in rising order. */
  readonly slots: readonly number[];
  readonly devices: DeviceRegister;
  readonly clock: DeviceClock;
  readonly siteDays: SiteDays;
  readonly sensors: SensorModel;
  readonly anomalies: AnomalyPlan;
  readonly upkeep: Upkeep;
  readonly dutyCycles: DutyCycles;
  readonly messages: Messages;
  readonly messageCounts: MessageCounts;
  readonly delivery: Delivery;
  readonly radio: Radio;
  checkWindow(window: TimeRange): void;
}
