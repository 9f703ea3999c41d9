/** A battery would last so many times as long as it is used: it is changed before its voltage falls off. */
const RESERVE = 1.15;

/** Volts of a lithium cell at 20 °C, `days` after it was put into a device whose batteries are changed every `changeDays`. */
export function restingVoltage(days: number, changeDays: number): number {
  const age = days / (changeDays * RESERVE);
  const square = age * age;
  // A slow fall, then a knee.
  return 3.62 - (0.18 * age + 0.4 * square * square * square);
}
