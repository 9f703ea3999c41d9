import { Arena, DAY_MS, parseDay } from '@datagen/core/generator';
import { KeyedRandom } from '@datagen/core/random';
import { Catalogue } from './products/catalogue.ts';
import { type BasketShape, basketShape, type EcommerceConfig } from './config.ts';
import { CustomerBase } from './customers/customer-base.ts';
import { CustomerTraits } from './customers/customer-traits.ts';
import { KeptDays } from './orders/kept-days.ts';
import { Lifecycle } from './orders/lifecycle.ts';
import { loadNameBook, type NameBook } from './geography/names.ts';
import { OrderCalendar } from './orders/order-calendar.ts';
import { OrderDay } from './orders/order-day.ts';
import { ProductNamer } from './products/product-names.ts';
import { DemandCurve, SignupCurve } from './demand/signups.ts';
import { type ProductTexts, productTextsOf } from './products/products-table.ts';

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
  readonly #days: KeptDays;

  constructor(config: EcommerceConfig) {
    const { seed } = config;
    this.config = config;
    // The days of a file of orders, until the files of their items are made.
    this.#days = new KeptDays(1.1 * config.fileRowsTarget * config.orderItemsMean);
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
    const { lineCount } = this.calendar.dayAt(index);
    return this.#days.get(index, lineCount, (memory) => new OrderDay(this, index, memory));
  }
}
