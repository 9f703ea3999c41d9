// Which draw of a row's key decides what. A new one gets a new number, so that the others stay as they are.

/** Of the keys of customers, by row. */
export const CUSTOMER_DRAWS = {
  region: 0,
  isFemale: 1,
  /** And the next one, as with the others that are two numbers apart. */
  firstName: 2,
  lastName: 4,
  age: 6,
  city: 8,
  domain: 10,
  birthday: 11,
  country: 12,
  isLost: 14,
  lifetime: 15,
  firstOrder: 16,
  /** And as many after it as the sampler needs. */
  rate: 17,
  // Samplers of rates draw some numbers after theirs.
  paymentMethod: 1_000,
  /** Packed, as the functions below read them. */
  habits: 1_002,
} as const;

// What a customer is used to, in 32 random bits: 8 for the category, 8 for returns, 6 each for the time of day and for the
// size of baskets, 2 for dear or cheap. They say nothing of each other.

/** Which of 256 equally likely favourite categories a customer has. */
export function categoryHabitOf(habits: number): number {
  return habits & 255;
}

/** How much a customer sends back: 0 (least) to 255. */
export function returnHabitOf(habits: number): number {
  return (habits >>> 8) & 255;
}

/** Number of parts of a day that `hourHabitOf` tells apart; a power of two. */
export const DAY_PARTS = 64;

/** In which part of a day, of as many orders as each other, a customer likes to order. */
export function hourHabitOf(habits: number): number {
  return (habits >>> 16) & (DAY_PARTS - 1);
}

/** How large a customer's baskets are: 0 (smallest) to 63. */
export function basketHabitOf(habits: number): number {
  return (habits >>> 22) & 63;
}

/** 0 for a quarter of the customers, who look for what is cheap of its kind, 1 for another, who look for the dear; else 2 or 3. */
export function tasteOf(habits: number): number {
  return (habits >>> 28) & 3;
}

/** Of the keys of orders, by `order_id`. */
export const ORDER_DRAWS = {
  paymentAndCancellation: 0,
  payment: 3,
  shipping: 4,
  delivery: 5,
  cancellation: 6,
  return: 7,
  time: 8,
  /** And those after it, one for each try. */
  customer: 9,
  // Tries have up to 64 numbers.
  coupon: 1_000,
  hour: 1_001,
} as const;

/** Of the keys of lines, by `order_item_id`. The bits of the key itself say from which table products are drawn. */
export const LINE_DRAWS = {
  /** 16 bits for the quantity and 16 for whether the item is returned. */
  quantityAndReturn: 0,
  /** And those after it, one for each try. */
  product: 3,
} as const;
