import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { median, shareWhere } from '@datagen/testkit';
import { SEEDS, tableOf } from '../realism-shop.ts';

const DAY_US = DAY_MS * 1000;

/** Public holidays of 2025 without delivery, by law of each country; some that move and some that do not. */
const HOLIDAYS: Readonly<Record<string, readonly string[]>> = {
  DE: [
    '2025-01-01',
    '2025-04-18',
    '2025-04-21',
    '2025-05-01',
    '2025-05-29',
    '2025-06-09',
    '2025-10-03',
    '2025-12-25',
    '2025-12-26',
  ],
  FR: [
    '2025-04-21',
    '2025-05-08',
    '2025-05-29',
    '2025-07-14',
    '2025-08-15',
    '2025-11-01',
    '2025-11-11',
    '2025-12-25',
  ],
  ES: ['2025-01-06', '2025-04-18', '2025-08-15', '2025-12-06', '2025-12-08', '2025-12-25'],
  IT: ['2025-01-06', '2025-04-21', '2025-04-25', '2025-06-02', '2025-08-15', '2025-12-25', '2025-12-26'],
  PL: ['2025-01-06', '2025-05-03', '2025-06-19', '2025-11-11', '2025-12-25', '2025-12-26'],
  NL: ['2025-04-21', '2025-05-29', '2025-06-09', '2025-12-25', '2025-12-26'],
  SE: ['2025-01-06', '2025-06-06', '2025-06-21', '2025-12-25', '2025-12-26'],
  BE: ['2025-07-21', '2025-11-11', '2025-12-25'],
  CH: ['2025-08-01', '2025-12-25', '2025-12-26'],
  AT: ['2025-06-19', '2025-10-26', '2025-12-08', '2025-12-25', '2025-12-26'],
};

describe.each(SEEDS)('lives of orders of seed %i', (seed) => {
  const orders = tableOf('orders', seed);
  const statuses = orders.texts('status');
  const [placed, paid, shipped, delivered, returned, cancelled] = [
    'order_ts',
    'paid_ts',
    'shipped_ts',
    'delivered_ts',
    'returned_ts',
    'cancelled_ts',
  ].map((name) => orders.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const methods = orders.texts('payment_method');
  const payments = orders.texts('payment_status');
  const [amounts, fees, refunds] = ['amount', 'shipping_fee', 'refunded_amount'].map((name) =>
    orders.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array];
  const rowsWhere = (holds: (row: number) => boolean) =>
    Array.from({ length: orders.rowCount }, (_, row) => row).filter(holds);
  const isKnown = (time: number | undefined) => !Number.isNaN(time);

  it('E21: invoices are paid 14 to 30 days after the delivery, some later, a few never', () => {
    const invoices = rowsWhere((row) => methods[row] === 'invoice' && isKnown(delivered[row]));
    const settled = invoices.filter((row) => isKnown(paid[row]));
    const days = settled.map((row) => ((paid[row] as number) - (delivered[row] as number)) / DAY_US);
    expect(Math.min(...days)).toBeGreaterThan(0);
    expect(median(days)).toBeGreaterThanOrEqual(14);
    expect(median(days)).toBeLessThanOrEqual(30);
    const late = shareWhere(days, (count) => count > 31);
    expect(late).toBeGreaterThanOrEqual(0.05);
    expect(late).toBeLessThanOrEqual(0.25);
    const lost = invoices.filter((row) => payments[row] === 'written_off');
    expect(lost.length / invoices.length).toBeGreaterThanOrEqual(0.003);
    expect(lost.length / invoices.length).toBeLessThanOrEqual(0.03);
    expect(lost.filter((row) => isKnown(paid[row]))).toEqual([]);
  });

  it('E21: who pays in advance has paid before the parcel leaves, and within minutes but for bank transfers', () => {
    const after = new Set(['invoice', 'direct_debit']);
    const advance = rowsWhere((row) => !after.has(methods[row] as string) && isKnown(shipped[row]));
    expect(advance.filter((row) => !((paid[row] as number) < (shipped[row] as number)))).toEqual([]);
    const transfers = advance.filter((row) => methods[row] === 'bank_transfer');
    const days = transfers.map((row) => ((paid[row] as number) - (placed[row] as number)) / DAY_US);
    expect(median(days)).toBeGreaterThan(0.5);
    const debits = rowsWhere((row) => methods[row] === 'direct_debit' && isKnown(paid[row]));
    expect(debits.filter((row) => !((paid[row] as number) > (shipped[row] as number)))).toEqual([]);
  });

  it('E21: the state of the payment says what has been paid and paid back', () => {
    const stateOf = (row: number) => {
      const isOpen = !isKnown(paid[row]);
      if (isKnown(cancelled[row])) return isOpen ? 'voided' : 'refunded';
      if (statuses[row] === 'returned') return isOpen ? 'voided' : 'refunded';
      if (isOpen) return 'written_off';
      return isKnown(returned[row]) ? 'partially_refunded' : 'paid';
    };
    expect(rowsWhere((row) => payments[row] !== stateOf(row))).toEqual([]);
    // What was never paid is not paid back when the order is called off.
    expect(
      rowsWhere((row) => isKnown(cancelled[row]) && refunds[row] !== (isKnown(paid[row]) ? amounts[row] : 0)),
    ).toEqual([]);
  });

  it('E22: shipping is refunded where the whole order comes back (EU 2011/83, article 13), and only there', () => {
    const items = tableOf('order_items', seed);
    const firstOrderId = orders.numbers('order_id')[0] as number;
    const orderIds = items.numbers('order_id');
    const flags = items.numbers('is_returned');
    const lines = items.numbers('amount');
    const back = new Float64Array(orders.rowCount);
    flags.forEach((flag, item) => {
      const order = (orderIds[item] as number) - firstOrderId;
      if (flag === 1) back[order] = (back[order] as number) + (lines[item] as number);
    });
    const whole = rowsWhere((row) => statuses[row] === 'returned');
    expect(whole.filter((row) => (fees[row] as number) > 0).length).toBeGreaterThan(1_000);
    expect(whole.filter((row) => refunds[row] !== amounts[row])).toEqual([]);
    const part = rowsWhere((row) => statuses[row] === 'delivered');
    expect(part.filter((row) => refunds[row] !== back[row])).toEqual([]);
  });

  it('E23: nothing is delivered on Sundays and on holidays of the country', () => {
    const countries = orders.texts('country');
    const bad = rowsWhere((row) => {
      const time = delivered[row] as number;
      if (Number.isNaN(time)) return false;
      const day = new Date(time / 1000).toISOString().slice(0, 10);
      return new Date(day).getUTCDay() === 0 || HOLIDAYS[countries[row] as string]?.includes(day) === true;
    });
    expect(bad).toEqual([]);
    // Where it is no holiday, parcels are delivered.
    const french = rowsWhere(
      (row) =>
        countries[row] === 'FR' &&
        Math.floor((delivered[row] as number) / DAY_US) * DAY_MS === Date.parse('2025-10-03'),
    );
    expect(french.length).toBeGreaterThan(5);
  });

  it('E23: parcels leave and arrive in the working hours of the place, in summer and in winter', () => {
    const hourIn = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    const known = new Map<number, number>();
    const hourOf = (us: number) => {
      const utcHour = Math.floor(us / 3_600_000_000);
      const hour = known.get(utcHour) ?? Number(hourIn.format(utcHour * 3_600_000));
      known.set(utcHour, hour);
      return hour;
    };
    for (const times of [shipped, delivered, returned]) {
      const counts = new Array<number>(24).fill(0);
      for (const time of times)
        if (isKnown(time)) counts[hourOf(time)] = (counts[hourOf(time)] as number) + 1;
      expect(counts.findIndex((count) => count > 0)).toBe(8);
      expect(counts.findLastIndex((count) => count > 0)).toBe(17);
    }
  });

  it('E24: an order was last updated when the last of it happened', () => {
    const updated = orders.numbers('updated_at');
    const last = (row: number) =>
      Math.max(
        ...[placed, paid, shipped, delivered, returned, cancelled].map((times) =>
          isKnown(times[row]) ? (times[row] as number) : 0,
        ),
      );
    expect(rowsWhere((row) => updated[row] !== last(row))).toEqual([]);
  });
});
