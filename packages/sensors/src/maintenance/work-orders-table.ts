import {
  type BatchBuilder,
  category,
  column,
  DAY_MS,
  dayBlocks,
  dayOf,
  defineTable,
  instant,
  int64,
  MINUTE_MS,
  type OpenBlock,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import type { DeviceRegister } from '../devices/device-register.ts';
import { townIndexOf, TOWNS } from '../sites/towns.ts';
import { type DayWork, type FinishedWork, WORK_TYPES, workOrderId } from './day-work.ts';

const workOrdersTable = defineTable({
  name: 'work_orders',
  description: 'Work of a technician on a device, listed on the day that it was finished.',
  primaryKey: ['work_order_id'],
  foreignKeys: [{ columns: ['device_id'], table: 'devices', references: ['device_id'] }],
  timeColumn: 'completed_ts',
  columns: [
    column('work_order_id', int64(), 'Number of the work order, unique, with gaps', { distinct: true }),
    column('device_id', int64(), 'The device'),
    column('work_type', category(), 'calibration or battery replacement'),
    column('technician', category(), 'Who did it: one of two technicians of the town'),
    column('opened_ts', instant(), 'When it was ordered, UTC: two weeks ahead, or when the battery ran low', {
      distinct: true,
    }),
    column('started_ts', instant(), 'When the work began, UTC', { distinct: true }),
    column('completed_ts', instant(), 'When it was done, UTC, on a working day of the town', {
      distinct: true,
    }),
  ],
});

const TECHNICIANS_PER_TOWN = 2;
const workTypes = textDictionary(WORK_TYPES);
const technicians = textDictionary(
  TOWNS.flatMap((_, town) =>
    Array.from(
      { length: TECHNICIANS_PER_TOWN },
      (_unused, i) => `T-${String(town * TECHNICIANS_PER_TOWN + i + 1).padStart(2, '0')}`,
    ),
  ),
);
/** Minutes of work: a calibration compares the sensors with a reference, a battery is changed in no time. */
const SHORTEST_MINUTES = [22, 4];
const LONGEST_MINUTES = [30, 9];
/** Days from the order to the work, at least and at most. */
const SHORTEST_WAIT = [14, 3];
const LONGEST_WAIT = [14, 21];

/** What the table is made from. */
interface WorkOrdersModel {
  readonly devices: DeviceRegister;
  readonly dayWork: DayWork;
  checkWindow(window: TimeRange): void;
}

/** The table `work_orders`, a block a day. */
export function workOrdersSource(seed: number, model: WorkOrdersModel): TableSource {
  const random = new KeyedRandom(seed, 'work_orders');
  return {
    table: workOrdersTable,
    *blocks(window, wanted) {
      model.checkWindow(window);
      const describe = (startMs: number) => ({
        rowCount: model.dayWork.ordersOn(dayOf(startMs)).length,
        exact: true,
      });
      yield* dayBlocks(window, describe, wanted);
    },
    open: ({ time }) => openDay(random, model, dayOf(time?.startMs ?? 0)),
  };
}

/** The work orders of a day. They are rare, so that an object for each is affordable. */
function openDay(random: KeyedRandom, { devices, dayWork }: WorkOrdersModel, day: number): OpenBlock {
  const orders = dayWork.ordersOn(day);
  const fill = (builder: BatchBuilder, start: number) => {
    const orderId = builder.int64('work_order_id');
    const deviceId = builder.int64('device_id');
    const workType = builder.dictionary('work_type', workTypes);
    const technician = builder.dictionary('technician', technicians);
    const openedTs = builder.int64('opened_ts');
    const startedTs = builder.int64('started_ts');
    const completedTs = builder.int64('completed_ts');
    for (let i = 0; i < builder.length; i++) {
      const order = orders[start + i] as FinishedWork;
      const { device, type, finishedMs } = order;
      const id = workOrderId(order, day);
      const site = devices.siteOf(device);
      const between = (low: readonly number[], high: readonly number[], draw: number) =>
        (low[type] as number) + ((high[type] as number) - (low[type] as number)) * random.uniform(id, draw);
      const startedMs = Math.floor(finishedMs - MINUTE_MS * between(SHORTEST_MINUTES, LONGEST_MINUTES, 0));
      // Calibrations are ordered by a nightly job, low batteries are noticed at any time.
      const openedMs = finishedMs - DAY_MS * between(SHORTEST_WAIT, LONGEST_WAIT, 1);
      const nightlyMs = dayOf(openedMs) * DAY_MS + 2 * 60 * MINUTE_MS;
      orderId.set(i, id);
      deviceId.set(i, device + 1);
      workType.indexes[i] = type;
      technician.indexes[i] =
        townIndexOf(site) * TECHNICIANS_PER_TOWN + (random.uniform(site * 65_536 + day, 2) < 0.6 ? 0 : 1);
      openedTs.set(i, (type === 0 ? nightlyMs : Math.floor(openedMs)) * 1000);
      startedTs.set(i, startedMs * 1000);
      completedTs.set(i, finishedMs * 1000);
    }
  };
  return { rowCount: orders.length, fill };
}
