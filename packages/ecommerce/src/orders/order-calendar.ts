import { RandomStream, sampleNegativeBinomial, sampleNormal, samplePoisson } from '@datagen/core/random';
import { activeCountOf } from '../products/active-products.ts';
import { type BasketShape, basketShape, type EcommerceConfig } from '../config.ts';
import { FIRST_ORDER_SHARE } from '../customers/customer-base.ts';
import { DAY_MEMORY, DAY_NOISE, type DemandCurve, type SignupCurve } from '../demand/signups.ts';

/** First orders of new customers are at most this share of a day's demand. */
const MAX_FIRST_SHARE = 0.8;
/** Orders reach their level when this share of all customers has signed up; before, they grow with the customers. */
const RAMP_SHARE = 0.2;

/** What is known of a day's orders before any is made. */
export interface DayCounts {
  /** Orders and lines of all days before, from the launch on: the ids of the day follow from them. */
  readonly firstOrder: number;
  readonly firstLine: number;
  readonly orderCount: number;
  /** At least `orderCount`. */
  readonly lineCount: number;
}

/**
 * The numbers of orders and lines of every day since the launch, made once and in order, about 1 µs a day.
 * The lines of a day are the sum of its baskets: `orderCount + NB(orderCount · mean, orderCount · shape)`.
 */
export class OrderCalendar {
  readonly #config: EcommerceConfig;
  readonly #demand: DemandCurve;
  readonly #signups: SignupCurve;
  readonly #basket: BasketShape;
  readonly maxLines: number;
  // Read day after day from the launch on, whatever is asked for, so each day finds its own numbers.
  readonly #orderCounts: RandomStream;
  readonly #lineCounts: RandomStream;
  readonly #moods: RandomStream;
  /** Deviation of the demand of the last day counted, standard normal. */
  #mood = 0;
  readonly #days: DayCounts[] = [];

  constructor(config: EcommerceConfig, demand: DemandCurve, signups: SignupCurve) {
    this.#config = config;
    this.#demand = demand;
    this.#signups = signups;
    this.#basket = basketShape(config);
    this.#orderCounts = new RandomStream(config.seed, 'orders', 'row_count');
    this.#moods = new RandomStream(config.seed, 'orders', 'demand');
    this.#mood = sampleNormal(this.#moods);
    this.#lineCounts = new RandomStream(config.seed, 'order_items', 'row_count');
    this.maxLines = activeCountOf(config.nProducts);
  }

  /** The numbers of day `index` after launch. */
  dayAt(index: number): DayCounts {
    for (let next = this.#days.length; next <= index; next++) this.#days.push(this.#countDay(next));
    return this.#days[index] as DayCounts;
  }

  /** The probability that a customer who signs up on day `index` orders on that day. */
  firstOrderShare(index: number): number {
    const signups = this.#signups.through(index) - this.#signups.through(index - 1);
    if (signups === 0) return 0;
    const demand = this.#config.ordersPerDay * this.#demand.at(index);
    return Math.min(FIRST_ORDER_SHARE, (MAX_FIRST_SHARE * demand) / signups);
  }

  #countDay(index: number): DayCounts {
    const before = this.#days[index - 1];
    const firstOrder = before === undefined ? 0 : before.firstOrder + before.orderCount;
    const firstLine = before === undefined ? 0 : before.firstLine + before.lineCount;
    const orderCount = this.#drawOrderCount(index);
    return {
      firstOrder,
      firstLine,
      orderCount,
      lineCount: orderCount + this.#drawExtraLines(orderCount),
    };
  }

  #drawOrderCount(index: number): number {
    const { nCustomers, ordersPerDay } = this.#config;
    if (ordersPerDay === 0) return 0;
    this.#mood = DAY_MEMORY * this.#mood + Math.sqrt(1 - DAY_MEMORY * DAY_MEMORY) * sampleNormal(this.#moods);
    const demand = ordersPerDay * this.#demand.at(index);
    const signedUp = this.#signups.through(index);
    const signups = signedUp - this.#signups.through(index - 1);
    const ramped = demand * Math.min(1, signedUp / (RAMP_SHARE * nCustomers));
    const expected = Math.max(ramped, this.firstOrderShare(index) * signups);
    const noise = Math.exp(DAY_NOISE * this.#mood - 0.5 * DAY_NOISE * DAY_NOISE);
    return samplePoisson(this.#orderCounts, expected * noise);
  }

  #drawExtraLines(orderCount: number): number {
    if (orderCount === 0 || this.#basket.mean === 0) return 0;
    const { mean, shape } = this.#basket;
    const extra = sampleNegativeBinomial(this.#lineCounts, orderCount * mean, orderCount * shape);
    return Math.min(extra, orderCount * (this.maxLines - 1));
  }
}
