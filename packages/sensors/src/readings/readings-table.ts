import {
  type BatchBuilder,
  boolean,
  category,
  type ChunkFiller,
  column,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  type TableSource,
} from '@datagen/core/generator';
import { ANOMALY_TYPES, type AnomalyPart } from '../anomalies/anomaly-plan.ts';
import { anomalyTypes } from '../anomalies/dictionaries.ts';
import { metricNames, unitNames } from '../devices/dictionaries.ts';
import { METRIC_SLOTS } from '../devices/metrics.ts';
import { DeviceDay } from './device-day.ts';
import type { ReadingModel } from './reading-model.ts';
import { siteBlocksSource } from './site-blocks.ts';

/** The columns of a table of readings, of which a message may be delivered twice. */
const readingsTable = (hasDuplicates: boolean) =>
  defineTable({
    name: 'readings',
    description: 'What a sensor showed at one time, with the label of the anomaly it belongs to.',
    primaryKey: hasDuplicates ? ['reading_id', 'is_duplicate'] : ['reading_id'],
    foreignKeys: [
      { columns: ['device_id'], table: 'devices', references: ['device_id'] },
      { columns: ['site_id'], table: 'sites', references: ['site_id'] },
      { columns: ['anomaly_id'], table: 'anomalies', references: ['anomaly_id'] },
    ],
    timeColumn: 'ts',
    sortedBy: ['reading_id'],
    columns: [
      column(
        'reading_id',
        int64(),
        'Number of the reading, in the order of the table, with gaps where readings are lost; both copies of one that is delivered twice have it',
        { distinct: true },
      ),
      column('device_id', int64(), 'The device'),
      column('site_id', int64(), 'Number of the site of the device'),
      column('metric', category(), 'temperature, humidity, pressure, vibration (RMS velocity) or battery'),
      column('ts', instant(), 'When it was taken, true time, UTC', { distinct: true }),
      column('device_ts', instant(), 'When it was taken by the clock of the device, within 3 s of `ts`', {
        distinct: true,
      }),
      column('value', float64(), 'What the sensor showed, in the unit and at the resolution of the metric'),
      column('ingest_ts', instant(), 'When it arrived, UTC; after outages of the site long after `ts`', {
        distinct: true,
      }),
      column('is_anomaly', boolean(), 'Whether it belongs to an anomaly'),
      column('anomaly_type', category(), 'Type of the anomaly', { nullable: true }),
      column('anomaly_id', int64(), 'The anomaly', { nullable: true }),
      column('unit', category(), '°C, %, hPa, mm/s or V'),
      column(
        'quality',
        int32(),
        'What the device says of it, as an OPC quality code: 192 good, 64 uncertain after a sudden change, 28 out of service for a calibration',
      ),
      column(
        'is_duplicate',
        boolean(),
        'Whether it is the second copy of a message that was delivered twice',
      ),
    ],
  });

/** Room for devices in the ids of a day: more than a fleet may have. */
const DEVICE_PLACES = 0x20000;

/**
 * The id of the first reading of a sensor on a day since 1970. Even a reading a second on the last day that can be
 * generated has an id below 2^53.
 */
function firstReadingId(day: number, device: number, slot: number, stepsPerDay: number): number {
  return ((day * DEVICE_PLACES + device) * METRIC_SLOTS + slot) * stepsPerDay;
}

/** The table `readings`, in a block for each day and site. */
export function readingsSource(model: ReadingModel, hasDuplicates: boolean): TableSource {
  return siteBlocksSource(model, readingsTable(hasDuplicates), model.slots.length, readingsFiller);
}

/** Fills the readings of a site on a day since 1970, by device, metric and time. */
function readingsFiller(model: ReadingModel, site: number, day: number): ChunkFiller {
  const { slots, stepsPerDay } = model;
  const readings = new DeviceDay(model, site, day);
  const { messages, values, labels } = readings;
  const { steps, copies, timesUs, deviceTimesUs, arrivalsUs } = messages;
  let device = model.devices.devicesAt(site).first - 1;
  let slotIndex = slots.length;
  let message = 0;

  /** Turns to the next metric, or to the next device that has messages. */
  const turn = () => {
    message = 0;
    slotIndex++;
    if (slotIndex >= slots.length) {
      slotIndex = 0;
      do readings.open(++device);
      while (messages.count === 0);
    }
    readings.readMetric(slots[slotIndex] as number);
  };

  return (builder: BatchBuilder) => {
    const readingId = builder.int64('reading_id');
    const deviceId = builder.int64('device_id');
    builder.int64('site_id').fill(0, builder.length, site + 1);
    const metric = builder.dictionary('metric', metricNames).indexes;
    const ts = builder.int64('ts');
    const deviceTs = builder.int64('device_ts');
    const value = builder.float64('value').values;
    const ingestTs = builder.int64('ingest_ts');
    const isAnomaly = builder.boolean('is_anomaly');
    const anomalyType = builder.dictionary('anomaly_type', anomalyTypes);
    const anomalyId = builder.int64('anomaly_id');
    const unit = builder.dictionary('unit', unitNames).indexes;
    const quality = builder.int32('quality').values;
    const isDuplicate = builder.boolean('is_duplicate');

    /** Labels the rows from `row` on, which are messages from `first` on. */
    const label = (row: number, end: number, first: number) => {
      if (readings.parts.length === 0) {
        anomalyType.setNulls(row, end);
        anomalyId.setNulls(row, end);
        return;
      }
      for (let i = row; i < end; i++) {
        const place = labels[steps[first + i - row] as number] as number;
        if (place === 0) {
          anomalyType.setNull(i);
          anomalyId.setNull(i);
        } else {
          const part = readings.parts[place - 1] as AnomalyPart;
          isAnomaly.setTrue(i);
          anomalyType.indexes[i] = ANOMALY_TYPES.indexOf(part.type);
          anomalyId.set(i, part.anomalyId);
        }
      }
    };

    for (let row = 0; row < builder.length;) {
      if (message === messages.count) turn();
      const slot = slots[slotIndex] as number;
      const firstId = firstReadingId(day, device, slot, stepsPerDay);
      const end = Math.min(builder.length, row + messages.count - message);
      deviceId.fill(row, end, device + 1);
      metric.fill(slot, row, end);
      unit.fill(slot, row, end);
      label(row, end, message);
      for (; row < end; row++, message++) {
        const step = steps[message] as number;
        readingId.set(row, firstId + step);
        ts.set(row, timesUs[message] as number);
        deviceTs.set(row, deviceTimesUs[message] as number);
        value[row] = values[step] as number;
        quality[row] = readings.quality[step] as number;
        ingestTs.set(row, arrivalsUs[message] as number);
        if (copies[message] === 1) isDuplicate.setTrue(row);
      }
    }
  };
}
