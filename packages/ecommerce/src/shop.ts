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
import { Lifecycle } from './orders/lives/lifecycle.ts';
import type { OrderDays } from './orders/order-blocks.ts';
import { OrderCalendar } from './orders/order-calendar.ts';
import { drawOrderDay, type OrderDay } from './orders/order-day.ts';
import type { OrderModel } from './orders/order-model.ts';
import { Assortment } from './products/assortment.ts';
import { Catalogue } from './products/catalogue.ts';
import { PriceChanges } from './products/prices/price-changes.ts';
import { Promotions } from './products/promotions/promotions.ts';
import { readCatalogue } from './word-lists.ts';

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
  /** The same in days after launch. */
  readonly observedDays: number;
  readonly scratch = new Arena();
  readonly #config: EcommerceConfig;
  readonly #days = new KeptDays();
  #customers: CustomerBase | undefined;
  #names: NameBook | undefined;
  #catalogue: Catalogue | undefined;
  #priceChanges: PriceChanges | undefined;
  #promotions: Promotions | undefined;
  #assortment: Assortment | undefined;

  constructor(config: EcommerceConfig) {
    const { seed, asOf, launchDate } = config;
    this.#config = config;
    this.seed = seed;
    this.launchMs = parseDay(launchDate, 'launchDate');
    this.observedUntil = asOf === undefined ? Infinity : (parseDay(asOf, 'asOf') + DAY_MS) / 1000;
    this.observedDays = (this.observedUntil * 1000 - this.launchMs) / DAY_MS;
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

  get signupDays(): number {
    return this.#config.signupDays;
  }

  /** Days since 1970. */
  get launchDay(): number {
    return this.demand.launchDay;
  }

  get customers(): CustomerBase {
    return (this.#customers ??= new CustomerBase(this.#config.nCustomers, this.traits, this.signups));
  }

  get catalogue(): Catalogue {
    return (this.#catalogue ??= new Catalogue(this.#config, this.launchDay));
  }

  get priceChanges(): PriceChanges {
    return (this.#priceChanges ??= new PriceChanges(this.catalogue.priced));
  }

  get promotions(): Promotions {
    return (this.#promotions ??= new Promotions(
      this.seed,
      this.launchDay,
      this.#config.signupDays,
      readCatalogue().map(({ name }) => name),
    ));
  }

  get assortment(): Assortment {
    return (this.#assortment ??= new Assortment(
      this.#config,
      this.catalogue,
      this.priceChanges,
      this.promotions,
    ));
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
      throw this.#tooManyLines(index, lineCount);
    }
  }

  /** Names the option whose lower value would do: growth alone, or the orders that there would be without it. */
  #tooManyLines(index: number, lineCount: number): DatagenError {
    const { ordersPerDay, annualGrowth } = this.#config;
    const isGrowth = lineCount / this.demand.growthAt(index) <= MAX_LINES_OF_A_DAY;
    const [name, value] = isGrowth
      ? (['annualGrowth', annualGrowth] as const)
      : (['ordersPerDay', ordersPerDay] as const);
    const remedy = isGrowth ? 'End earlier, or lower it' : 'Lower it';
    return invalid(
      name,
      sentence`Expected at most ${MAX_LINES_OF_A_DAY.toLocaleString('en')} order lines a day, and with ${option(name)} ${String(value)} there would be ${lineCount.toLocaleString('en')} on ${formatDay(this.launchMs + index * DAY_MS)}. ${remedy}.`,
    );
  }
}

function invalid(option: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option } });
}
