import { describe, expect, it } from '@jest/globals';
import { type CodedHour, Kind, weatherCode } from '../../src/synop/weather-code.ts';

const hour = (given: Partial<CodedHour>): CodedHour => ({
  kind: Kind.None,
  rainTenths: 0,
  cloudCover: 50,
  isFreezing: false,
  ...given,
});

describe('weatherCode', () => {
  it.each([
    ['clouds dissolving', hour({ cloudCover: 20 }), hour({}), 1],
    ['clouds as before', hour({}), hour({}), 2],
    ['clouds forming', hour({ cloudCover: 80 }), hour({}), 3],
    ['mist', hour({ kind: Kind.Mist }), hour({}), 10],
    ['after rain', hour({}), hour({ kind: Kind.Rain, rainTenths: 5 }), 21],
    ['after snow', hour({ kind: Kind.Mist }), hour({ kind: Kind.Snow, rainTenths: 5 }), 22],
    ['after fog', hour({}), hour({ kind: Kind.Fog }), 28],
    ['fog, sky visible', hour({ kind: Kind.Fog, cloudCover: 10 }), hour({}), 44],
    [
      'fog depositing rime, sky invisible',
      hour({ kind: Kind.Fog, cloudCover: 90, isFreezing: true }),
      hour({}),
      49,
    ],
    ['intermittent drizzle', hour({ kind: Kind.Drizzle, rainTenths: 1 }), hour({}), 50],
    ['continuous slight rain', hour({ kind: Kind.Rain, rainTenths: 5 }), hour({ rainTenths: 5 }), 61],
    ['intermittent heavy rain', hour({ kind: Kind.Rain, rainTenths: 120 }), hour({}), 64],
    ['freezing rain', hour({ kind: Kind.FreezingRain, rainTenths: 5 }), hour({}), 66],
    ['continuous moderate snow', hour({ kind: Kind.Snow, rainTenths: 15 }), hour({ rainTenths: 5 }), 73],
    ['a moderate shower', hour({ kind: Kind.RainShower, rainTenths: 30 }), hour({}), 81],
    ['a slight snow shower', hour({ kind: Kind.SnowShower, rainTenths: 3 }), hour({}), 85],
    ['a thunderstorm', hour({ kind: Kind.Thunderstorm, rainTenths: 30 }), hour({}), 95],
    ['a heavy thunderstorm', hour({ kind: Kind.Thunderstorm, rainTenths: 130 }), hour({}), 97],
  ] as const)('of %s', (_, now, before, code) => {
    expect(weatherCode(now, before)).toBe(code);
  });
});
