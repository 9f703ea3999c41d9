import {
  type BatchBuilder,
  category,
  column,
  dayBlocks,
  dayOf,
  defineTable,
  float64,
  instant,
  int64,
  type OpenBlock,
  type TableSource,
  type TimeRange,
} from '@datagen/core/generator';
import type { DeviceClock } from '../devices/device-clock.ts';
import type { DeviceRegister } from '../devices/device-register.ts';
import { metricNames } from '../devices/dictionaries.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';
import { ANOMALY_TYPES, type AnomalyPart, type AnomalyPlan, magnitudeOf } from './anomaly-plan.ts';
import { anomalyTypes } from './dictionaries.ts';

const anomaliesTable = defineTable({
  name: 'anomalies',
  description:
    'The answer key: the part of an anomaly in one UTC day. One that lasts over midnight has a row for each of its two days.',
  primaryKey: ['anomaly_id'],
  foreignKeys: [{ columns: ['device_id'], table: 'devices', references: ['device_id'] }],
  timeColumn: 'start_ts',
  columns: [
    column('anomaly_id', int64(), 'Number of the row, unique, with gaps', { distinct: true }),
    column(
      'event_id',
      int64(),
      'The `anomaly_id` it began with: the same in both rows of one that lasts over midnight',
    ),
    column('device_id', int64(), 'The device whose sensor fails'),
    column('metric', category(), 'What the sensor measures'),
    column(
      'anomaly_type',
      category(),
      'spike, level_shift, stuck, noise_burst, drift or collective (an oscillation; batteries have none)',
    ),
    column('start_ts', instant(), 'When its first reading of the day was due, UTC', { distinct: true }),
    column('end_ts', instant(), 'When its last reading of the day was due, UTC; the same for a spike', {
      distinct: true,
    }),
    column(
      'magnitude',
      float64(),
      'In the unit of the metric: height of a spike or shift, change at the end of a drift, standard deviation of added noise, amplitude of an oscillation, 0 for stuck',
    ),
  ],
});

/** What the table is made from. */
interface AnomaliesModel {
  readonly devices: DeviceRegister;
  readonly clock: DeviceClock;
  readonly anomalies: AnomalyPlan;
  /** The slots of the metrics that are measured. */
  readonly slots: readonly number[];
  checkWindow(window: TimeRange): void;
}

/** The table `anomalies`, a block a day. */
export function anomaliesSource(model: AnomaliesModel): TableSource {
  return {
    table: anomaliesTable,
    *blocks(window, wanted) {
      model.checkWindow(window);
      const describe = (startMs: number) => ({
        rowCount: countAnomalies(model, dayOf(startMs)),
        exact: true,
      });
      yield* dayBlocks(window, describe, wanted);
    },
    open: ({ time }) => openDay(model, dayOf(time?.startMs ?? 0)),
  };
}

/** The rows of a day, counted in about 60 ns a sensor. */
function countAnomalies({ devices, slots, anomalies }: AnomaliesModel, day: number): number {
  let count = 0;
  for (let device = 0; device < devices.deviceCount; device++) {
    const installedDay = devices.installedDay(device);
    for (const slot of slots) count += anomalies.countOn(device * METRIC_SLOTS + slot, day, installedDay);
  }
  return count;
}

/** One row of the table: a part of an anomaly of a device and metric. */
interface AnomalyRow {
  readonly device: number;
  readonly slot: number;
  readonly part: AnomalyPart;
}

/** The rows of a day, by device, metric and time. */
function rowsOn({ devices, slots, anomalies }: AnomaliesModel, day: number): AnomalyRow[] {
  const rows: AnomalyRow[] = [];
  for (let device = 0; device < devices.deviceCount; device++) {
    const installedDay = devices.installedDay(device);
    for (const slot of slots)
      for (const part of anomalies.partsOn(device * METRIC_SLOTS + slot, slot, day, installedDay))
        rows.push({ device, slot, part });
  }
  return rows;
}

/** The anomalies of a day. Anomalies are rare, so that an object for each is affordable. */
function openDay(model: AnomaliesModel, day: number): OpenBlock {
  const rows = rowsOn(model, day);
  const fill = (builder: BatchBuilder, start: number) => {
    const anomalyId = builder.int64('anomaly_id');
    const eventId = builder.int64('event_id');
    const deviceId = builder.int64('device_id');
    const metric = builder.dictionary('metric', metricNames);
    const anomalyType = builder.dictionary('anomaly_type', anomalyTypes);
    const startTs = builder.int64('start_ts');
    const endTs = builder.int64('end_ts');
    const magnitude = builder.float64('magnitude');
    for (let i = 0; i < builder.length; i++) {
      const { device: index, slot, part } = rows[start + i] as AnomalyRow;
      const device = model.devices.at(index);
      anomalyId.set(i, part.anomalyId);
      eventId.set(i, part.eventId);
      deviceId.set(i, index + 1);
      metric.indexes[i] = slot;
      anomalyType.indexes[i] = ANOMALY_TYPES.indexOf(part.type);
      startTs.set(i, model.clock.trueUs(device, day, part.firstStep));
      endTs.set(i, model.clock.trueUs(device, day, part.endStep - 1));
      magnitude.values[i] = magnitudeOf(device, slot, part);
    }
  };
  return { rowCount: rows.length, fill };
}
