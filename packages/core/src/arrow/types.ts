import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Float64,
  Int32,
  Int64,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';

export const int32 = () => new Int32();
export const int64 = () => new Int64();
export const float64 = () => new Float64();
export const boolean = () => new Bool();
export const date = () => new DateDay();

/** An instant: UTC microseconds with time zone, in every table of every generator. */
export const instant = () => new TimestampMicrosecond('UTC');

/** Exact decimal numbers, as money. */
export const decimal = (precision: number, scale: number) => new Decimal(scale, precision, 128);

/** Text that hardly repeats. */
export const text = () => new Utf8();

/** Text from a list that is short beside the row count; readers see plain text. */
export const category = () => new Dictionary(new Utf8(), new Int32());
