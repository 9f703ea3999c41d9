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
import { ANOMALY_TYPES, type AnomalyPart } from './anomaly-plan.ts';
import type { Fleet } from '../fleet.ts';
import { METRIC_SLOTS, METRICS } from '../devices/metrics.ts';
import { magnitudeOf } from '../readings/sensor-model.ts';

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
      'spike, level_shift, stuck, noise_burst, drift or collective (an oscillation)',
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

export const anomalyTypes = textDictionary(ANOMALY_TYPES);
export const metricNames = textDictionary(METRICS);

/** The table `anomalies`, a block a day. */
export function anomaliesSource(fleet: () => Fleet, checkWindow: (window: TimeRange) => void): TableSource {
  return {
    table: anomaliesTable,
    *blocks(window) {
      checkWindow(window);
      const shared = fleet();
      yield* dayBlocks(window, (startMs) => ({
        rowCount: countAnomalies(shared, dayOf(startMs)),
        exact: true,
      }));
    },
    open: ({ time }) => anomaliesFiller(fleet(), dayOf(time?.startMs ?? 0)),
  };
}

/** The parts of a sensor's anomalies on a day. */
interface SensorParts {
  readonly device: number;
  readonly slot: number;
  readonly parts: readonly AnomalyPart[];
}

function* partsOn({ devices, config, slots, anomalies }: Fleet, day: number): Generator<SensorParts> {
  for (let device = 0; device < config.nDevices; device++) {
    const installedDay = devices.installedDay(device);
    for (const slot of slots) {
      const parts = anomalies.partsOn(device * METRIC_SLOTS + slot, slot, day, installedDay);
      if (parts.length > 0) yield { device, slot, parts };
    }
  }
}

/** The rows of a day: about 60 ns a sensor. */
function countAnomalies({ devices, config, slots, anomalies }: Fleet, day: number): number {
  let count = 0;
  for (let device = 0; device < config.nDevices; device++) {
    const installedDay = devices.installedDay(device);
    for (const slot of slots) count += anomalies.countOn(device * METRIC_SLOTS + slot, day, installedDay);
  }
  return count;
}

/** Fills the anomalies of a day, by device, metric and time. */
function anomaliesFiller(fleet: Fleet, day: number): OpenBlock {
  const rows = [...partsOn(fleet, day)].flatMap(({ device, slot, parts }) =>
    parts.map((part) => ({ device, slot, part })),
  );
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
      const { device: index, slot, part } = rows[start + i] as (typeof rows)[number];
      const device = fleet.devices.at(index);
      const originMs = day * DAY_MS + device.phaseMs;
      anomalyId.set(i, part.anomalyId);
      eventId.set(i, part.eventId);
      deviceId.set(i, index + 1);
      metric.indexes[i] = slot;
      anomalyType.indexes[i] = ANOMALY_TYPES.indexOf(part.type);
      startTs.set(i, (originMs + part.firstStep * fleet.samplingMs) * 1000);
      endTs.set(i, (originMs + (part.endStep - 1) * fleet.samplingMs) * 1000);
      magnitude.values[i] = magnitudeOf(device, slot, part);
    }
  };
  return { rowCount: rows.length, fill };
}
