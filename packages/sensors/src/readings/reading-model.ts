import type { TimeRange } from '@datagen/core/generator';
import type { AnomalyPlan } from '../anomalies/anomaly-plan.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Gaps } from '../delivery/gaps.ts';
import type { MessageCounts } from '../delivery/message-counts.ts';
import type { DeviceClock } from '../devices/device-clock.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
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
  readonly gaps: Gaps;
  readonly messages: MessageCounts;
  readonly delivery: Delivery;
  checkWindow(window: TimeRange): void;
}
