import {
  Arena,
  DatagenError,
  DAY_MS,
  formatDay,
  parseDay,
  type TimeRange,
  option,
  type Sentence,
  sentence,
} from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { type BasketShape, basketShape, type EcommerceConfig } from './config.ts';
import { CustomerBase } from './customers/customer-base.ts';
import { CustomerTraits } from './customers/customer-traits.ts';
import { DemandCurve, SignupCurve } from './demand/signups.ts';
import { loadNameBook, type NameBook } from './geography/names.ts';
import { KeptDays } from './orders/kept-days.ts';
import { Lifecycle } from './orders/lifecycle.ts';
import type { OrderDays } from './orders/order-blocks.ts';
import { OrderCalendar } from './orders/order-calendar.ts';
import { drawOrderDay, type OrderDay } from './orders/order-day.ts';
import type { OrderModel } from './orders/order-model.ts';
import { Catalogue } from './products/catalogue.ts';

/** The days that customers are followed, counted from the launch, in 16 bits. */
const MAX_DAYS = 65_535;
/** A day is made in memory: so many lines take some 4 GB. */
const MAX_LINES_OF_A_DAY = 100_000_000;

/** The parts of the shop put together, each made when it is first needed and then kept. */
export class Shop implements OrderModel, OrderDays {
  readonly seed: number;
  readonly launchMs: number;
  readonly demand: DemandCurve;
  readonly signups: SignupCurve;
  readonly calendar: OrderCalendar;
  readonly basket: BasketShape;
  readonly traits: CustomerTraits;
  readonly lifecycle: Lifecycle;
  /** By row of the customer, and by id of the order and line. */
  readonly random: {
    readonly customers: KeyedRandom;
    readonly orders: KeyedRandom;
    readonly lines: KeyedRandom;
  };
  /** Seconds since 1970 from which nothing is known; infinite where `asOf` is not given. */
  readonly observedUntil: number;
  readonly scratch = new Arena();
  readonly #config: EcommerceConfig;
  readonly #days = new KeptDays();
  #customers: CustomerBase | undefined;
  #names: NameBook | undefined;
  #catalogue: Catalogue | undefined;

  constructor(config: EcommerceConfig) {
    const { seed, asOf, launchDate } = config;
    this.#config = config;
    this.seed = seed;
    this.launchMs = parseDay(launchDate, 'launchDate');
    this.observedUntil = asOf === undefined ? Infinity : (parseDay(asOf, 'asOf') + DAY_MS) / 1000;
    this.demand = new DemandCurve(config);
    this.signups = new SignupCurve(config, this.demand);
    this.calendar = new OrderCalendar(config, this.demand, this.signups);
    this.basket = basketShape(config);
    this.random = {
      customers: new KeyedRandom(seed, 'customers'),
      orders: new KeyedRandom(seed, 'orders'),
      lines: new KeyedRandom(seed, 'order_items'),
    };
    this.traits = new CustomerTraits(config, this.random.customers);
    this.lifecycle = new Lifecycle(this.random.orders, this.observedUntil);
  }

  get customers(): CustomerBase {
    return (this.#customers ??= new CustomerBase(this.#config.nCustomers, this.traits, this.signups));
  }

  get catalogue(): Catalogue {
    return (this.#catalogue ??= new Catalogue(this.#config));
  }

  get names(): NameBook {
    return (this.#names ??= loadNameBook());
  }

  orderDay(index: number): OrderDay {
    const { lineCount } = this.calendar.dayAt(index);
    return this.#days.get(index, lineCount, (memory) => drawOrderDay(this, index, memory));
  }

  /** Refuses days before the launch and after `asOf`, and days of more orders than can be made or numbered. */
  checkWindow({ startMs, endMs }: TimeRange): void {
    const { launchDate, asOf } = this.#config;
    if (startMs < this.launchMs) {
      throw invalid(
        'startDate',
        sentence`Expected a start date on or after the ${option('launchDate')} ${launchDate} of the shop, got ${formatDay(startMs)}.`,
      );
    }
    const endDate = formatDay(endMs - DAY_MS);
    if (asOf !== undefined && endMs > parseDay(asOf, 'asOf') + DAY_MS) {
      throw invalid(
        'endDate',
        sentence`Expected an end date on or before the day ${option('asOf')} ${asOf} at which the orders are observed, got ${endDate}.`,
      );
    }
    const lastDay = (endMs - this.launchMs) / DAY_MS - 1;
    if (lastDay > MAX_DAYS) {
      throw invalid(
        'endDate',
        sentence`Expected an end date at most ${String(MAX_DAYS)} days after the ${option('launchDate')} ${launchDate} (${formatDay(this.launchMs + MAX_DAYS * DAY_MS)}), got ${endDate}.`,
      );
    }
    for (let index = (startMs - this.launchMs) / DAY_MS; index <= lastDay; index++) {
      const { firstLine, lineCount } = this.calendar.dayAt(index);
      if (lineCount <= MAX_LINES_OF_A_DAY && Number.isSafeInteger(firstLine + lineCount)) continue;
      throw invalid(
        'annualGrowth',
        sentence`Expected at most ${MAX_LINES_OF_A_DAY.toLocaleString('en')} order lines a day, and with ${option('ordersPerDay')} ${String(this.#config.ordersPerDay)} and ${option('annualGrowth')} ${String(this.#config.annualGrowth)} there would be more on ${formatDay(this.launchMs + index * DAY_MS)}. End earlier, or lower one of them.`,
      );
    }
  }
}

function invalid(option: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option } });
}
