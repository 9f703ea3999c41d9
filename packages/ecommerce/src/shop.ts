import { Arena, DAY_MS, KeyedRandom, parseDay } from '@datagen/core';
import { Catalogue } from './catalogue.ts';
import { type BasketShape, basketShape, type EcommerceConfig } from './config.ts';
import { CustomerBase } from './customer-base.ts';
import { CustomerTraits } from './customer-traits.ts';
import { Lifecycle } from './lifecycle.ts';
import { loadNameBook, type NameBook } from './names.ts';
import { OrderCalendar } from './order-calendar.ts';
import { OrderDay } from './order-day.ts';
import { ProductNamer } from './product-names.ts';
import { DemandCurve, SignupCurve } from './signups.ts';
import { type ProductTexts, productTextsOf } from './tables/products.ts';

/** The most lines of the days kept for the table that is made next; 1 million take about 35 MB. */
const MAX_KEPT_LINES = 1_000_000;

/** Everything the tables share, each part made when it is first needed and then kept. */
export class Shop {
  readonly config: EcommerceConfig;
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
  #customers: CustomerBase | undefined;
  #names: NameBook | undefined;
  #productNames: ProductNamer | undefined;
  #productTexts: ProductTexts | undefined;
  #catalogue: Catalogue | undefined;
  /** For what is drawn on the way to a day. */
  readonly scratch = new Arena();
  readonly #days = new Map<number, OrderDay>();
  #lastDay: OrderDay | undefined;
  #keptLines = 0;
  /** The days of a file of orders are kept until the files of their items are made. */
  readonly #maxKeptLines: number;

  constructor(config: EcommerceConfig) {
    const { seed } = config;
    this.config = config;
    this.#maxKeptLines = Math.min(MAX_KEPT_LINES, 1.1 * config.fileRowsTarget * config.orderItemsMean);
    this.observedUntil =
      config.asOf === undefined ? Infinity : (parseDay(config.asOf, 'asOf') + DAY_MS) / 1000;
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
    return (this.#customers ??= new CustomerBase(this.config.nCustomers, this.traits, this.signups));
  }

  get catalogue(): Catalogue {
    return (this.#catalogue ??= new Catalogue(this.config));
  }

  get names(): NameBook {
    return (this.#names ??= loadNameBook());
  }

  get productNames(): ProductNamer {
    return (this.#productNames ??= new ProductNamer(this.config.seed, this.catalogue));
  }

  get productTexts(): ProductTexts {
    return (this.#productTexts ??= productTextsOf(this.catalogue));
  }

  /** The orders of day `index` after launch; those of the last days asked for are kept. */
  orderDay(index: number): OrderDay {
    const kept = this.#days.get(index);
    if (kept !== undefined) return kept;
    const { lineCount } = this.calendar.dayAt(index);
    const memory = this.#takeRoom(lineCount) ?? new Arena();
    memory.reset(Math.ceil(this.#bytesPerLine() * lineCount));
    const day = new OrderDay(this, index, memory);
    this.#days.set(index, day);
    this.#keptLines += lineCount;
    this.#lastDay = day;
    return day;
  }

  /** Gives up the oldest days until there is room for one of `lineCount` lines; returns the memory of one of them. */
  #takeRoom(lineCount: number): Arena | undefined {
    let free: Arena | undefined;
    for (const [oldest, day] of this.#days) {
      if (this.#keptLines + lineCount <= this.#maxKeptLines) break;
      this.#days.delete(oldest);
      this.#keptLines -= day.lineCount;
      if (day.readers === 0) free = day.memory;
    }
    return free;
  }

  /** As many as the last day took. */
  #bytesPerLine(): number {
    return this.#lastDay === undefined
      ? 0
      : this.#lastDay.memory.takenBytes / Math.max(1, this.#lastDay.lineCount);
  }
}
