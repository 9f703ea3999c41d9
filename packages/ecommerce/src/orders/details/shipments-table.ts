import {
  type BatchBuilder,
  category,
  column,
  date,
  DAY_MS,
  defineTable,
  instant,
  int64,
  type TableSource,
  text,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { COUNTRIES } from '../../geography/countries.ts';
import { dayOfBlock, orderBlocks, readDay } from '../order-blocks.ts';
import type { OrderDay } from '../order-day.ts';
import { inStretches } from '../stretches.ts';
import { traceOrders, type TracingModel } from './traced-orders.ts';

const shipmentsTable = defineTable({
  name: 'shipments',
  description: 'The parcel of an order, from the order on.',
  primaryKey: ['shipment_id'],
  foreignKeys: [{ columns: ['order_id'], table: 'orders', references: ['order_id'] }],
  timeColumn: 'order_date',
  sortedBy: ['shipment_id'],
  columns: [
    column('shipment_id', int64(), 'Number of the parcel, that of its order', { distinct: true }),
    column('order_id', int64(), 'The order', { distinct: true }),
    column('order_date', date(), 'UTC day of the order'),
    column('status', category(), 'pending, in_transit, delivered or cancelled, at `asOf`'),
    column('carrier', category(), 'Who carries it; carriers are made up'),
    column(
      'tracking_number',
      text(),
      'Identifier of the parcel as UPU standard S10 has it, with a check digit; null until it leaves',
      { nullable: true },
    ),
    column('destination_country', category(), 'Where it goes, ISO 3166 code'),
    column('shipped_ts', instant(), 'When it left the warehouse, UTC; null before', { nullable: true }),
    column('delivered_ts', instant(), 'When it arrived, UTC; null before', { nullable: true }),
  ],
});

const STATUSES = ['pending', 'in_transit', 'delivered', 'cancelled'] as const;
const [PENDING, IN_TRANSIT, DELIVERED, CANCELLED] = [0, 1, 2, 3];
const CARRIERS = ['Eurobox', 'Paketo', 'Swiftline', 'Posthorn', 'Lastmile'] as const;
/** The second carrier of a country has this share, the first one the rest. */
const SECOND_SHARE = 0.3;
/** Weights of the digits of a serial number, from the first one, for its check digit (UPU S10). */
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const SERIALS = 100_000_000;
/** Coprime with the number of serials, so that orders that follow each other have serials far apart. */
const STRIDE = 61_803_399;

const statuses = textDictionary(STATUSES);
const carriers = textDictionary(CARRIERS);
const countryCodes = textDictionary(COUNTRIES.map(({ code }) => code));
const encoder = new TextEncoder();
const ORIGIN = encoder.encode('DE');
const LETTERS = Array.from({ length: 26 }, (_, i) => encoder.encode(`C${String.fromCharCode(65 + i)}`));

/** The table `shipments`, a block a day, with a row for each order. */
export function shipmentsSource(shop: () => TracingModel): TableSource {
  return {
    table: shipmentsTable,
    *blocks(window, wanted) {
      yield* orderBlocks(shop(), window, wanted, 'orderCount');
    },
    open(block) {
      const model = shop();
      const day = dayOfBlock(model, block);
      const random = new KeyedRandom(model.seed, 'shipments', 'carrier');
      return readDay(day, day.orderCount, (builder, start) => {
        fillShipments(model, random, day, builder, start);
      });
    },
  };
}

/** Fills the parcels of a day from its order `start` on. */
function fillShipments(
  { lifecycle, scratch }: TracingModel,
  random: KeyedRandom,
  day: OrderDay,
  builder: BatchBuilder,
  start: number,
): void {
  const shipmentId = builder.int64('shipment_id');
  const orderId = builder.int64('order_id');
  const status = builder.dictionary('status', statuses).indexes;
  const carrier = builder.dictionary('carrier', carriers).indexes;
  const tracking = builder.utf8('tracking_number');
  const country = builder.dictionary('destination_country', countryCodes).indexes;
  const shippedTs = builder.int64('shipped_ts');
  const deliveredTs = builder.int64('delivered_ts');
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  inStretches(builder.length, (from, to) => {
    scratch.reset();
    const { shipped, delivered, cancelled } = traceOrders(lifecycle, day, start + from, start + to, scratch);
    shipmentId.setSequence(from, to, day.firstOrderId + start + from);
    orderId.setSequence(from, to, day.firstOrderId + start + from);
    shippedTs.setSeconds(from, shipped);
    deliveredTs.setSeconds(from, delivered);
    for (let i = 0; i < to - from; i++) {
      const row = from + i;
      const id = day.firstOrderId + start + row;
      const place = day.countries[start + row] as number;
      const isShipped = !Number.isNaN(shipped[i]);
      if (isShipped) status[row] = Number.isNaN(delivered[i]) ? IN_TRANSIT : DELIVERED;
      else status[row] = Number.isNaN(cancelled[i]) ? PENDING : CANCELLED;
      carrier[row] = (place + (random.uniform(id) < SECOND_SHARE ? 1 : 0)) % CARRIERS.length;
      country[row] = place;
      if (!isShipped) {
        tracking.endNull();
        continue;
      }
      const block = Math.floor(id / SERIALS);
      const serial = ((id - block * SERIALS) * STRIDE) % SERIALS;
      tracking.appendBytes(LETTERS[block % LETTERS.length] as Uint8Array);
      tracking.appendInteger(serial, WEIGHTS.length);
      tracking.appendInteger(checkDigitOf(serial));
      tracking.appendBytes(ORIGIN);
      tracking.endRow();
    }
  });
}

function checkDigitOf(serial: number): number {
  let sum = 0;
  for (let at = WEIGHTS.length - 1; at >= 0; at--) {
    sum += (serial % 10) * (WEIGHTS[at] as number);
    serial = Math.floor(serial / 10);
  }
  const digit = 11 - (sum % 11);
  return digit === 10 ? 0 : digit === 11 ? 5 : digit;
}
