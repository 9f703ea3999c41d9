import { testGenerator } from '@datagen/testkit';
import { ecommercePlugin } from '../src/index.ts';

testGenerator({
  plugin: ecommercePlugin,
  options: {
    nCustomers: 400,
    nProducts: 150,
    ordersPerDay: 15,
    launchDate: '2025-07-24',
    signupDays: 365,
    extraTables: ['price_history', 'shipments', 'payments', 'returns', 'vat_rates'],
  },
  // 128 days after the launch, another list of active customers begins: on 2025-11-29.
  startDate: '2025-11-26',
  endDate: '2025-12-02',
  digestsUrl: new URL('./digests.json', import.meta.url),
});
