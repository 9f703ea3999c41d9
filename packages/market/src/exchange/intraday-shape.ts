import type { ExchangeCode } from './exchange-calendar.ts';

/** How volatility and volume run over a session; made once per length of session. */
export interface IntradayShape {
  /** Relative variance of each minute. */
  readonly variance: Float64Array;
  /** Share of the day's volume in each minute; sums to 1. */
  readonly volume: Float64Array;
  readonly logVolume: Float64Array;
  /** Of the day's volume, what trades in the auctions, parts of the first and of the last minute. */
  readonly openAuction: number;
  readonly closeAuction: number;
}

/** Shares of a plain day's volume that the auctions at the open and the close trade, in its first and last minute. */
const AUCTIONS: Readonly<Record<ExchangeCode, readonly [open: number, close: number]>> = {
  XNYS: [0.01, 0.035],
  XETR: [0.01, 0.09],
};

interface Curve {
  readonly floor: number;
  /** Height over the floor at the open and the close, and the minutes in which it fades to 1/e. */
  readonly open: number;
  readonly openMinutes: number;
  readonly close: number;
  readonly closeMinutes: number;
}

/** Standard deviation over the day: 1.9 times its mean in the first half hour, 0.85 at noon, 1.05 in the last. */
const VOLATILITY: Curve = { floor: 0.76, open: 1.35, openMinutes: 30, close: 0.35, closeMinutes: 20 };
/** New York trades in a reversed J, European exchanges in a J: quiet at the open, busy into the close. */
const VOLUME: Readonly<Record<ExchangeCode, Curve>> = {
  XNYS: { floor: 0.62, open: 1.9, openMinutes: 28, close: 1.1, closeMinutes: 22 },
  XETR: { floor: 0.62, open: 0.7, openMinutes: 30, close: 1.4, closeMinutes: 45 },
};

/** The shape of a session of an exchange. */
export function intradayShape(exchange: ExchangeCode, minutes: number): IntradayShape {
  const variance = sample(VOLATILITY, minutes).map((sd) => sd * sd);
  const raw = sample(VOLUME[exchange], minutes);
  const total = raw.reduce((sum, x) => sum + x, 0);
  const [openAuction, closeAuction] = AUCTIONS[exchange];
  const volume = raw.map((x) => ((1 - openAuction - closeAuction) * x) / total);
  volume[0] = (volume[0] as number) + openAuction;
  volume[minutes - 1] = (volume[minutes - 1] as number) + closeAuction;
  return { variance, volume, logVolume: volume.map((x) => Math.log(x)), openAuction, closeAuction };
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
