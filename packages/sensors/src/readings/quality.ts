/** Codes of OPC Data Access (the low byte of its quality word): good, uncertain, and bad because out of service. */
const GOOD = 192;
const UNCERTAIN = 64;
const OUT_OF_SERVICE = 28;
/** A sensor is out of service so long before its calibration is done. */
const CALIBRATION_MINUTES = 30;

/**
 * Writes what the firmware of a device thinks of the values of a day, by step: it doubts a value that is more than
 * `maxStep` away from the one before, and knows of calibrations. It knows nothing of what is labelled as an anomaly.
 * `calibratedHour` is when a calibration is done, in hours from the first step on, or `Infinity`.
 */
export function fillQuality(
  values: Float64Array,
  maxStep: number,
  calibratedHour: number,
  into: Int32Array,
): void {
  const steps = values.length;
  into.fill(GOOD);
  if (maxStep < Infinity) {
    let before = values[0] as number;
    for (let i = 1; i < steps; i++) {
      const value = values[i] as number;
      if (Math.abs(value - before) > maxStep) into[i] = UNCERTAIN;
      before = value;
    }
  }
  if (calibratedHour < 24) {
    const stepsPerHour = steps / 24;
    const first = Math.ceil((calibratedHour - CALIBRATION_MINUTES / 60) * stepsPerHour);
    into.fill(OUT_OF_SERVICE, Math.max(0, first), Math.ceil(calibratedHour * stepsPerHour));
  }
}
