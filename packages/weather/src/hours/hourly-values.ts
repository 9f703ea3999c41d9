export const HOURS_PER_DAY = 24;

/**
 * The weather of a number of hours, in whole units of each column's resolution: 0.1 °C, 0.1 hPa, 0.1 m/s, 0.1 mm, 0.1 cm,
 * per cent and degrees.
 */
export class HourlyValues {
  readonly length: number;
  readonly temperature: Int32Array;
  readonly dewPoint: Int32Array;
  readonly humidity: Int32Array;
  readonly pressure: Int32Array;
  readonly windSpeed: Int32Array;
  readonly windDirection: Int32Array;
  readonly precipitation: Int32Array;
  readonly snowfall: Int32Array;
  readonly cloudCover: Int32Array;

  constructor(length: number) {
    this.length = length;
    const column = () => new Int32Array(length);
    this.temperature = column();
    this.dewPoint = column();
    this.humidity = column();
    this.pressure = column();
    this.windSpeed = column();
    this.windDirection = column();
    this.precipitation = column();
    this.snowfall = column();
    this.cloudCover = column();
  }

  /** Makes the hours dry, since rain and snow are only written to hours that have them. */
  clear(): void {
    this.precipitation.fill(0);
    this.snowfall.fill(0);
  }
}
