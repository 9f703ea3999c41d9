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
} as const;

/** Of the keys of orders, by `order_id`. */
export const ORDER_DRAWS = {
  /** And the next one. */
  paymentMethod: 0,
  isCancelled: 2,
  payment: 3,
  shipping: 4,
  delivery: 5,
  cancellation: 6,
  return: 7,
  time: 8,
  /** And those after it, one for each try. */
  customer: 9,
} as const;

/** Of the keys of lines, by `order_item_id`. */
export const LINE_DRAWS = {
  quantity: 0,
  discount: 1,
  isReturned: 2,
  /** And those after it, two for each try. */
  product: 3,
} as const;
