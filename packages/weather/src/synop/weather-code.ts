/** What goes on in an hour; the order is that of WMO code table 4677, which reports the later where there are two. */
export const Kind = {
  None: 0,
  Mist: 1,
  Fog: 2,
  Drizzle: 3,
  FreezingDrizzle: 4,
  Rain: 5,
  FreezingRain: 6,
  Snow: 7,
  RainShower: 8,
  SnowShower: 9,
  Thunderstorm: 10,
} as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** The least precipitation of an hour that is moderate, and that is heavy, 0.1 mm: of rain, showers and snow. */
const RAIN_STEPS = [25, 100] as const;
const SHOWER_STEPS = [20, 500] as const;
const SNOW_STEPS = [10, 30] as const;
const HEAVY_STORM = 100;
/** Clouds form or dissolve where their cover has changed by more, %. */
const CLOUD_CHANGE = 12;
/** Fog under more clouds than these hides the sky, %. */
const SKY_HIDDEN = 60;

/** An hour as far as its weather code depends on it. */
export interface CodedHour {
  kind: Kind;
  /** Precipitation, 0.1 mm. */
  rainTenths: number;
  /** Per cent. */
  cloudCover: number;
  isFreezing: boolean;
}

/** The present weather `ww` of an hour by WMO code table 4677, out of the hour and the one before it. */
export function weatherCode(hour: CodedHour, before: CodedHour): number {
  const { kind, rainTenths, cloudCover, isFreezing } = hour;
  // Odd codes are of what goes on since the hour before, the even ones before them of what is intermittent.
  const continuous = before.rainTenths > 0 ? 1 : 0;
  switch (kind) {
    case Kind.Thunderstorm:
      return rainTenths >= HEAVY_STORM ? 97 : 95;
    case Kind.SnowShower:
      return rainTenths >= SNOW_STEPS[0] ? 86 : 85;
    case Kind.RainShower:
      return 80 + strength(rainTenths, SHOWER_STEPS);
    case Kind.Snow:
      return 70 + 2 * strength(rainTenths, SNOW_STEPS) + continuous;
    case Kind.FreezingRain:
      return rainTenths >= RAIN_STEPS[0] ? 67 : 66;
    case Kind.Rain:
      return 60 + 2 * strength(rainTenths, RAIN_STEPS) + continuous;
    case Kind.FreezingDrizzle:
      return 56;
    case Kind.Drizzle:
      return 50 + continuous;
    case Kind.Fog:
      return (isFreezing ? 48 : 44) + (cloudCover > SKY_HIDDEN ? 1 : 0);
    default:
      return AFTER[before.kind] ?? (kind === Kind.Mist ? 10 : cloudChange(cloudCover - before.cloudCover));
  }
}

/** The codes of hours in which nothing goes on any more, by what did in the hour before. */
const AFTER: Readonly<Partial<Record<Kind, number>>> = {
  [Kind.Drizzle]: 20,
  [Kind.Rain]: 21,
  [Kind.Snow]: 22,
  [Kind.FreezingDrizzle]: 24,
  [Kind.FreezingRain]: 24,
  [Kind.RainShower]: 25,
  [Kind.SnowShower]: 26,
  [Kind.Fog]: 28,
  [Kind.Thunderstorm]: 29,
};

/** 0 slight, 1 moderate, 2 heavy. */
function strength(tenths: number, [moderate, heavy]: readonly [number, number]): number {
  return tenths >= heavy ? 2 : tenths >= moderate ? 1 : 0;
}

/** Clouds dissolving, unchanged or forming. */
function cloudChange(percent: number): number {
  return percent < -CLOUD_CHANGE ? 1 : percent > CLOUD_CHANGE ? 3 : 2;
}
