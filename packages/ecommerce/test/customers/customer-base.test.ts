import { describe, expect, it } from '@jest/globals';
import { KeyedRandom } from '@datagen/core/random';
import { mean } from '@datagen/testkit';
import { EcommerceConfig } from '../../src/config.ts';
import { CustomerBase } from '../../src/customers/customer-base.ts';
import { CustomerTraits } from '../../src/customers/customer-traits.ts';
import { DemandCurve, SignupCurve } from '../../src/demand/signups.ts';

function makeBase(options: object): { base: CustomerBase; signups: SignupCurve } {
  const config = EcommerceConfig.parse(options);
  const signups = new SignupCurve(config, new DemandCurve(config));
  const traits = new CustomerTraits(config, new KeyedRandom('customers'));
  return { base: new CustomerBase(config.nCustomers, traits, signups), signups };
}

function drawBuyers(base: CustomerBase, index: number, count: number): Int32Array {
  const rows = new Int32Array(count);
  const random = new KeyedRandom('buyers', index);
  base.chooseBuyers(random, random.keys(0, new Int32Array(count)), index, rows, 0, count);
  return rows;
}

describe('CustomerBase', () => {
  it('chooses by rate among those who have signed up, more of those who like the weekday', () => {
    const { base, signups } = makeBase({ nCustomers: 300, signupDays: 100 });
    const index = 50;
    const counts = new Float64Array(300);
    for (const row of drawBuyers(base, index, 200_000)) counts[row] = (counts[row] as number) + 1;
    const signedUp = signups.through(index);
    expect(counts.subarray(signedUp).every((count) => count === 0)).toBe(true);
    // Whoever was chosen is active, and chosen in proportion to the rate.
    const chosen = [...counts.keys()].filter((row) => (counts[row] as number) > 500);
    expect(chosen.length).toBeGreaterThan(50);
    const perRate = chosen.map((row) => (counts[row] as number) / (base.rates[row] as number));
    const likesToday = chosen.map((row) => signups.dayOf(row) % 7 === index % 7);
    const [liking, others] = [true, false].map((likes) =>
      perRate.filter((_, i) => likesToday[i] === likes),
    ) as [number[], number[]];
    for (const group of [liking, others]) expect(Math.max(...group) / Math.min(...group)).toBeLessThan(1.4);
    expect(mean(liking) / mean(others)).toBeGreaterThan(2);
  });

  it('loses customers: fewer of the early ones buy in later years', () => {
    const { base } = makeBase({ nCustomers: 2_000, signupDays: 30, customerSkew: 0, repeatRate: 0.95 });
    const buyersOn = (index: number) => new Set(drawBuyers(base, index, 50_000)).size;
    const [first, second, fifth] = [buyersOn(60), buyersOn(425), buyersOn(1_800)];
    // Lomax lifetimes: (490 / (490 + age)) ^ 0.606 are left, where all are loyal.
    expect(Math.abs(first / 2_000 - 0.948)).toBeLessThan(0.04);
    expect(Math.abs(second / 2_000 - 0.689)).toBeLessThan(0.04);
    expect(Math.abs(fifth / 2_000 - 0.401)).toBeLessThan(0.04);
  });

  it('chooses the same on a day whatever days were asked for before', () => {
    const { base } = makeBase({ nCustomers: 1_000 });
    const days = [1_700, 3, 127, 128, 900, 127, 1_700];
    expect(days.map((index) => drawBuyers(base, index, 50))).toEqual(
      days.map((index) => drawBuyers(makeBase({ nCustomers: 1_000 }).base, index, 50)),
    );
  });

  it('finds a buyer where all have left', () => {
    const { base } = makeBase({ nCustomers: 1, signupDays: 1 });
    expect([...drawBuyers(base, 30_000, 3)]).toEqual([0, 0, 0]);
  });
});
