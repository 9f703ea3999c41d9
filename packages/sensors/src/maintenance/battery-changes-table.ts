import {
  type BatchBuilder,
  column,
  DAY_MS,
  dayBlocks,
  dayOf,
  defineTable,
  float64,
  instant,
  int64,
  int32,
  type OpenBlock,
  type TableSource,
  type TimeRange,
} from '@datagen/core/generator';
import { restingVoltage } from '../devices/battery.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { type DayWork, type FinishedWork, workOrderId } from './day-work.ts';
import type { Upkeep } from './upkeep.ts';

const batteryChangesTable = defineTable({
  name: 'battery_changes',
  description: 'A battery that a technician put into a device, before the one in it was empty.',
  primaryKey: ['battery_change_id'],
  foreignKeys: [
    { columns: ['work_order_id'], table: 'work_orders', references: ['work_order_id'] },
    { columns: ['device_id'], table: 'devices', references: ['device_id'] },
  ],
  timeColumn: 'replaced_ts',
  columns: [
    column('battery_change_id', int64(), 'Number of the change, unique, with gaps', { distinct: true }),
    column('work_order_id', int64(), 'The work order'),
    column('device_id', int64(), 'The device'),
    column('replaced_ts', instant(), 'When it was done, UTC', { distinct: true }),
    column('days_in_use', int32(), 'Whole days that the old battery was in the device'),
    column('voltage_before', float64(), 'Voltage of the old battery at 20 °C, V'),
    column('voltage_after', float64(), 'Voltage of the new one at 20 °C, V'),
  ],
});

/** What the table is made from. */
interface BatteryChangesModel {
  readonly devices: DeviceRegister;
  readonly upkeep: Upkeep;
  readonly dayWork: DayWork;
  checkWindow(window: TimeRange): void;
}

/** The table `battery_changes`, a block a day. */
export function batteryChangesSource(model: BatteryChangesModel): TableSource {
  return {
    table: batteryChangesTable,
    *blocks(window, wanted) {
      model.checkWindow(window);
      const describe = (startMs: number) => ({
        rowCount: model.dayWork.batteryChangesOn(dayOf(startMs)).length,
        exact: true,
      });
      yield* dayBlocks(window, describe, wanted);
    },
    open: ({ time }) => openDay(model, dayOf(time?.startMs ?? 0)),
  };
}

/** The battery changes of a day, by device. */
function openDay({ devices, upkeep, dayWork }: BatteryChangesModel, day: number): OpenBlock {
  const work = dayWork.batteryChangesOn(day);
  const fill = (builder: BatchBuilder, start: number) => {
    const changeId = builder.int64('battery_change_id');
    const orderId = builder.int64('work_order_id');
    const deviceId = builder.int64('device_id');
    const replacedTs = builder.int64('replaced_ts');
    const daysInUse = builder.int32('days_in_use').values;
    const before = builder.float64('voltage_before').values;
    const after = builder.float64('voltage_after').values;
    for (let i = 0; i < builder.length; i++) {
      const done = work[start + i] as FinishedWork;
      const { beforeMs } = upkeep.batteryChanges(done.device, day);
      const days = (done.finishedMs - beforeMs) / DAY_MS;
      const millivolts = (inUse: number) =>
        Math.round(1000 * restingVoltage(inUse, devices.batteryDays(done.device))) / 1000;
      changeId.set(i, done.device * 65_536 + day + 1);
      orderId.set(i, workOrderId(done, day));
      deviceId.set(i, done.device + 1);
      replacedTs.set(i, done.finishedMs * 1000);
      daysInUse[i] = Math.floor(days);
      before[i] = millivolts(days);
      after[i] = millivolts(0);
    }
  };
  return { rowCount: work.length, fill };
}
