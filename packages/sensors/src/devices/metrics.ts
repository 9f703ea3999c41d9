/** What can be measured. A metric's position, its slot, decides ids and draws, so new metrics go last. */
export const METRICS = ['temperature', 'humidity', 'pressure', 'vibration', 'battery'] as const;
export type Metric = (typeof METRICS)[number];

/** Slots that ids and draws have room for: more than there are metrics. */
export const METRIC_SLOTS = 8;

/** How one metric is measured. Sizes are in its unit: °C, %, hPa, mm/s or V. */
export interface MetricProfile {
  /** Values are whole multiples of `1 / perUnit`. */
  readonly perUnit: number;
  readonly min: number;
  readonly max: number;
  /** Standard deviation of the noise of a sensor; of vibration, per mm/s of the machine. */
  readonly noise: number;
  /** Standard deviation over devices of the drift in 90 days; of vibration, per mm/s. */
  readonly drift: number;
  /** Standard deviation over devices of the factor on the true value, and of the offset to it. */
  readonly gain: number;
  readonly offset: number;
  /** The direction of spikes, shifts and drifts; 0 where both are seen. */
  readonly anomalySign: -1 | 0 | 1;
  /** The largest change that its firmware believes from a reading to the next one, 5 minutes later. */
  readonly maxStep: number;
  /** How its unit is written. */
  readonly unit: string;
}

/** Resolutions are those of common parts: 1/16 °C (DS18B20), 0.1 %, 0.1 hPa, 0.01 mm/s, 1 mV. */
const PROFILES: Readonly<Record<Metric, MetricProfile>> = {
  temperature: {
    perUnit: 16,
    min: -40,
    max: 85,
    noise: 0.18,
    drift: 0.5,
    gain: 0.02,
    offset: 0.3,
    anomalySign: 0,
    maxStep: 1.5,
    unit: '°C',
  },
  // A rise would end at 100 %.
  humidity: {
    perUnit: 10,
    min: 0,
    max: 100,
    noise: 0.8,
    drift: 1.5,
    gain: 0.015,
    offset: 0.8,
    anomalySign: -1,
    maxStep: 6,
    unit: '%',
  },
  pressure: {
    perUnit: 10,
    min: 300,
    max: 1100,
    noise: 0.3,
    drift: 0.5,
    gain: 0,
    offset: 0.4,
    anomalySign: 0,
    maxStep: 1.8,
    unit: 'hPa',
  },
  // Machines start and stop, so that any change may be true.
  vibration: {
    perUnit: 100,
    min: 0,
    max: 50,
    noise: 0.04,
    drift: 0.04,
    gain: 0.02,
    offset: 0,
    anomalySign: 1,
    maxStep: Infinity,
    unit: 'mm/s',
  },
  // A load or a bad contact lowers the voltage.
  battery: {
    perUnit: 1000,
    min: 0,
    max: 4.2,
    noise: 0.004,
    drift: 0,
    gain: 0.003,
    offset: 0.005,
    anomalySign: -1,
    maxStep: 0.03,
    unit: 'V',
  },
};

/** The profiles by slot. */
const METRIC_PROFILES: readonly MetricProfile[] = METRICS.map((metric) => PROFILES[metric]);

/** The profile of the metric with a slot. */
export function profileOf(slot: number): MetricProfile {
  return METRIC_PROFILES[slot] as MetricProfile;
}

/** A value as the sensor shows it: within its range, at its resolution. */
export function quantise(value: number, { min, max, perUnit }: MetricProfile): number {
  // Adding 0 turns -0 into 0.
  return (Math.round((value < min ? min : value > max ? max : value) * perUnit) + 0) / perUnit;
}
