/** Hours of a day. */
export const HOURS = 24;

/** Hours of weather, in whole units of each column's resolution: 0.1 °C, 0.1 hPa, 0.1 m/s, 0.1 mm, 0.1 cm, %, degrees. */
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

  /** Takes the rain and snow away, which dry hours do not set. */
  clear(): void {
    this.precipitation.fill(0);
    this.snowfall.fill(0);
  }
}
