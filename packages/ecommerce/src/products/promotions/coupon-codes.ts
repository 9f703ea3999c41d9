import { textDictionary } from '@datagen/core/generator';
import type { Promotions } from './promotions.ts';

/** Promotions of lines have codes: places in `Offers` and one more, and from this one on those of coupons of the order. */
export const FIRST_COUPON = 254;

/** The codes of all coupons. */
export interface CouponCodes {
  readonly texts: ReturnType<typeof textDictionary>;
  /** Place of a coupon's code in `texts`, by its promotion's id. */
  readonly places: ReadonlyMap<number, number>;
}

export function couponCodesOf({ list }: Promotions): CouponCodes {
  const coupons = [...list.entries()].flatMap(([position, { code }]) =>
    code === undefined ? [] : [{ code, id: position + 1 }],
  );
  return {
    texts: textDictionary(coupons.map(({ code }) => code)),
    places: new Map(coupons.map(({ id }, place) => [id, place])),
  };
}

/** Places of the coupons of a day in the texts, by their codes in `OrderLines.coupons`. */
export function placesOf(promotionIds: Int32Array, { places }: CouponCodes): Int32Array {
  const byCode = new Int32Array(promotionIds.length);
  for (let code = FIRST_COUPON; code < byCode.length; code++)
    byCode[code] = places.get(promotionIds[code] as number) ?? 0;
  return byCode;
}
