import {
  type BatchBuilder,
  boolean,
  type ChunkFiller,
  column,
  DAY_MS,
  defineTable,
  instant,
  int32,
  int64,
  type TableSource,
} from '@datagen/core/generator';
import type { Device } from '../devices/device-register.ts';
import { DeviceMessages } from './device-messages.ts';
import type { ReadingModel } from './reading-model.ts';
import { siteBlocksSource } from './site-blocks.ts';

const messagesTable = (hasDuplicates: boolean) =>
  defineTable({
    name: 'messages',
    description:
      'A message of a device, as the network server saw it: it holds the readings of all its metrics.',
    primaryKey: hasDuplicates ? ['message_id', 'is_duplicate'] : ['message_id'],
    foreignKeys: [
      { columns: ['device_id'], table: 'devices', references: ['device_id'] },
      { columns: ['site_id'], table: 'sites', references: ['site_id'] },
      { columns: ['gateway_id'], table: 'gateways', references: ['gateway_id'] },
    ],
    timeColumn: 'ts',
    sortedBy: ['message_id'],
    columns: [
      column('message_id', int64(), 'Number of the message, in the order of the table, with gaps', {
        distinct: true,
      }),
      column('device_id', int64(), 'The device'),
      column('site_id', int64(), 'The site of the device'),
      column('gateway_id', int64(), 'The gateway that heard it best'),
      column('ts', instant(), 'When its readings were taken, true time, UTC', { distinct: true }),
      column('ingest_ts', instant(), 'When it arrived, UTC', { distinct: true }),
      column(
        'frame_counter',
        int32(),
        'Messages that the device had sent since it was started, by its installation or a new battery: lost ones leave gaps',
      ),
      column('rssi_dbm', int32(), 'Signal strength at the gateway, dBm'),
      column(
        'is_duplicate',
        boolean(),
        'Whether it is the second copy of a message that was delivered twice',
      ),
    ],
  });

/** Room for devices in the ids of a day: more than a fleet may have. */
const DEVICE_PLACES = 0x20000;

/** The table `messages`, in a block for each day and site. */
export function messagesSource(model: ReadingModel, hasDuplicates: boolean): TableSource {
  return siteBlocksSource(model, messagesTable(hasDuplicates), 1, messagesFiller);
}

/** Fills the messages of a site on a day since 1970, by device and time. */
function messagesFiller(model: ReadingModel, site: number, day: number): ChunkFiller {
  const { devices, radio, stepsPerDay } = model;
  const messages = new DeviceMessages(model, site, day);
  const { steps, copies, timesUs, arrivalsUs } = messages;
  const rssi = new Int32Array(steps.length);
  const gateways = new Int32Array(steps.length);
  const frames = new Int32Array(steps.length);
  let device = devices.devicesAt(site).first - 1;
  let message = 0;

  /** Turns to the next device that has messages. */
  const turn = () => {
    message = 0;
    do messages.open(++device);
    while (messages.device === undefined);
    radio.fill(device, day, steps, messages.count, rssi, gateways);
    fillFrames(model, messages.device, day, messages, frames);
  };

  return (builder: BatchBuilder) => {
    const messageId = builder.int64('message_id');
    const deviceId = builder.int64('device_id');
    builder.int64('site_id').fill(0, builder.length, site + 1);
    const gatewayId = builder.int64('gateway_id');
    const ts = builder.int64('ts');
    const ingestTs = builder.int64('ingest_ts');
    const frameCounter = builder.int32('frame_counter').values;
    const rssiDbm = builder.int32('rssi_dbm').values;
    const isDuplicate = builder.boolean('is_duplicate');
    for (let row = 0; row < builder.length;) {
      if (message === messages.count) turn();
      const firstId = (day * DEVICE_PLACES + device) * stepsPerDay;
      const end = Math.min(builder.length, row + messages.count - message);
      deviceId.fill(row, end, device + 1);
      for (; row < end; row++, message++) {
        messageId.set(row, firstId + (steps[message] as number));
        gatewayId.set(row, (gateways[message] as number) + 1);
        ts.set(row, timesUs[message] as number);
        ingestTs.set(row, arrivalsUs[message] as number);
        frameCounter[row] = frames[message] as number;
        rssiDbm[row] = rssi[message] as number;
        if (copies[message] === 1) isDuplicate.setTrue(row);
      }
    }
  };
}

/** Writes the frame counter of each message of a device. */
function fillFrames(
  { upkeep, samplingMs }: ReadingModel,
  { index, phaseMs }: Device,
  day: number,
  { steps, count }: DeviceMessages,
  into: Int32Array,
): void {
  const { beforeMs, onDayMs } = upkeep.batteryChanges(index, day);
  for (let i = 0; i < count; i++) {
    const dueMs = day * DAY_MS + (steps[i] as number) * samplingMs + phaseMs;
    into[i] = Math.floor((dueMs - (dueMs < onDayMs ? beforeMs : onDayMs)) / samplingMs);
  }
}
