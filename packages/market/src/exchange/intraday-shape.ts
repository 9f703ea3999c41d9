import type { ExchangeCode } from './exchange-calendar.ts';

/** How volatility and volume run over a session; made once per length of session. */
export interface IntradayShape {
  /** Relative variance of each minute. */
  readonly variance: Float64Array;
  /** Share of the day's volume in each minute; sums to 1. */
  readonly volume: Float64Array;
  readonly logVolume: Float64Array;
}

interface Curve {
  readonly floor: number;
  /** Height over the floor at the open and the close, and the minutes in which it fades to 1/e. */
  readonly open: number;
  readonly openMinutes: number;
  readonly close: number;
  readonly closeMinutes: number;
}

/** Standard deviation over the day: 1.9 times its mean in the first half hour, 0.85 at noon, 1.05 in the last. */
const VOLATILITY: Curve = { floor: 0.76, open: 1.4, openMinutes: 30, close: 0.35, closeMinutes: 20 };
/** New York trades in a reversed J, European exchanges in a J: quiet at the open, busy into the close. */
const VOLUME: Readonly<Record<ExchangeCode, Curve>> = {
  XNYS: { floor: 0.62, open: 1.9, openMinutes: 28, close: 1.5, closeMinutes: 25 },
  XETR: { floor: 0.62, open: 0.7, openMinutes: 30, close: 2.4, closeMinutes: 45 },
};

/** The shape of a session of an exchange. */
export function intradayShape(exchange: ExchangeCode, minutes: number): IntradayShape {
  const variance = sample(VOLATILITY, minutes).map((sd) => sd * sd);
  const raw = sample(VOLUME[exchange], minutes);
  const total = raw.reduce((sum, x) => sum + x, 0);
  const volume = raw.map((x) => x / total);
  return { variance, volume, logVolume: volume.map((x) => Math.log(x)) };
}

function sample({ floor, open, openMinutes, close, closeMinutes }: Curve, minutes: number): Float64Array {
  return Float64Array.from(
    { length: minutes },
    (_, i) =>
      floor +
      open * Math.exp(-(i + 0.5) / openMinutes) +
      close * Math.exp(-(minutes - i - 0.5) / closeMinutes),
  );
}
