import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { jsonLines, python } from '../readers/pyarrow.ts';

const fileAt = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const describeLibrary = python === '' ? describe.skip : describe;
describeLibrary('exchange_calendars', () => {
  it('says of every day from 2000 to 2027 what the calendars of @datagen/market are tested by', () => {
    const [said] = jsonLines('trading_days.py', '2000', '2027', 'XNYS', 'XETR');
    const kept = JSON.parse(
      readFileSync(fileAt('packages/market/test/exchange/exchange-days.json'), 'utf8'),
    ) as { readonly exchanges: unknown };
    expect(said).toEqual(kept.exchanges);
  });
});
