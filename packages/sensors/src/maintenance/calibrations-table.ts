import {
  type BatchBuilder,
  category,
  column,
  DAY_MS,
  dayBlocks,
  dayOf,
  defineTable,
  float64,
  instant,
  int64,
  type OpenBlock,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import type { DeviceRegister } from '../devices/device-register.ts';
import { METRIC_SLOTS, METRICS, profileOf } from '../devices/metrics.ts';
import { metricNames, unitNames } from '../devices/dictionaries.ts';
import { type DayWork, type FinishedWork, workOrderId } from './day-work.ts';
import type { Upkeep } from './upkeep.ts';

const calibrationsTable = defineTable({
  name: 'calibrations',
  description:
    'A comparison of a sensor with a reference, which takes its drift back to 0. Batteries are not calibrated.',
  primaryKey: ['calibration_id'],
  foreignKeys: [
    { columns: ['work_order_id'], table: 'work_orders', references: ['work_order_id'] },
    { columns: ['device_id'], table: 'devices', references: ['device_id'] },
  ],
  timeColumn: 'performed_ts',
  columns: [
    column('calibration_id', int64(), 'Number of the calibration, unique, with gaps', { distinct: true }),
    column('work_order_id', int64(), 'The work order; null where devices calibrate themselves', {
      nullable: true,
    }),
    column('device_id', int64(), 'The device'),
    column('metric', category(), 'What the sensor measures'),
    column('performed_ts', instant(), 'When it was done, UTC: readings after it have no drift', {
      distinct: true,
    }),
    column('unit', category(), 'Unit of the errors'),
    column('reference_value', float64(), 'What the reference showed'),
    column('as_found_error', float64(), 'What the sensor showed too much before it was adjusted'),
    column('as_left_error', float64(), 'What it showed too much afterwards: its gain and offset stay'),
    column('tolerance', float64(), 'The largest error that is accepted'),
    column('result', category(), 'in tolerance or out of tolerance, by the error that was found'),
  ],
});

/** By metric: what the reference shows, and the error that is accepted; batteries have none. */
const REFERENCES = { temperature: 20, humidity: 50, pressure: 1000, vibration: 2 };
const TOLERANCES = { temperature: 0.5, humidity: 3, pressure: 1, vibration: 0.15 };
const results = textDictionary(['in tolerance', 'out of tolerance']);
/** Errors are stated to so many parts of the resolution of a sensor. */
const PARTS = 10;

/** What the table is made from. */
interface CalibrationsModel {
  readonly devices: DeviceRegister;
  readonly upkeep: Upkeep;
  readonly dayWork: DayWork;
  /** The slots of the metrics that are measured. */
  readonly slots: readonly number[];
  checkWindow(window: TimeRange): void;
}

/** The table `calibrations`, a block a day. */
export function calibrationsSource(model: CalibrationsModel): TableSource {
  const slots = model.slots.filter((slot) => METRICS[slot] !== 'battery');
  return {
    table: calibrationsTable,
    *blocks(window, wanted) {
      model.checkWindow(window);
      const describe = (startMs: number) => ({
        rowCount: model.dayWork.calibrationsOn(dayOf(startMs)).length * slots.length,
        exact: true,
      });
      yield* dayBlocks(window, describe, wanted);
    },
    open: ({ time }) => openDay(model, slots, dayOf(time?.startMs ?? 0)),
  };
}

/** The calibrations of a day, by device and metric. */
function openDay(
  { devices, upkeep, dayWork }: CalibrationsModel,
  slots: readonly number[],
  day: number,
): OpenBlock {
  const work = dayWork.calibrationsOn(day);
  const fill = (builder: BatchBuilder, start: number) => {
    const calibrationId = builder.int64('calibration_id');
    const orderId = builder.int64('work_order_id');
    const deviceId = builder.int64('device_id');
    const metricColumn = builder.dictionary('metric', metricNames);
    const performedTs = builder.int64('performed_ts');
    const unit = builder.dictionary('unit', unitNames);
    const reference = builder.float64('reference_value').values;
    const found = builder.float64('as_found_error').values;
    const left = builder.float64('as_left_error').values;
    const tolerance = builder.float64('tolerance').values;
    const result = builder.dictionary('result', results);
    for (let i = 0; i < builder.length; i++) {
      const done = work[Math.floor((start + i) / slots.length)] as FinishedWork;
      const slot = slots[(start + i) % slots.length] as number;
      const metric = METRICS[slot] as keyof typeof REFERENCES;
      const device = devices.at(done.device);
      const { beforeMs } = upkeep.calibrations(done.device, day);
      const drift = ((device.drift[slot] as number) * (done.finishedMs - beforeMs)) / DAY_MS;
      const perUnit = PARTS * profileOf(slot).perUnit;
      const bias = (device.offset[slot] as number) + ((device.gain[slot] as number) - 1) * REFERENCES[metric];
      calibrationId.set(i, (done.device * 65_536 + day) * METRIC_SLOTS + slot + 1);
      if (upkeep.isManual) orderId.set(i, workOrderId(done, day));
      else orderId.setNull(i);
      deviceId.set(i, done.device + 1);
      metricColumn.indexes[i] = slot;
      performedTs.set(i, done.finishedMs * 1000);
      unit.indexes[i] = slot;
      reference[i] = REFERENCES[metric];
      // Adding 0 turns -0 into 0.
      found[i] = (Math.round((bias + drift) * perUnit) + 0) / perUnit;
      left[i] = (Math.round(bias * perUnit) + 0) / perUnit;
      tolerance[i] = TOLERANCES[metric];
      result.indexes[i] = Math.abs(found[i] as number) <= TOLERANCES[metric] ? 0 : 1;
    }
  };
  return { rowCount: work.length * slots.length, fill };
}
