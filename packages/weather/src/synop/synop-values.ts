/**
 * What a station reports of a number of hours beside the weather itself, in whole units of each column's resolution:
 * 0.1 hPa, 0.1 m/s, W/m², cm, m and codes.
 */
export class SynopValues {
  readonly length: number;
  readonly stationPressure: Int32Array;
  readonly gust: Int32Array;
  readonly radiation: Int32Array;
  readonly snowDepth: Int32Array;
  readonly visibility: Int32Array;
  readonly weatherCode: Int32Array;

  constructor(length: number) {
    this.length = length;
    const column = () => new Int32Array(length);
    this.stationPressure = column();
    this.gust = column();
    this.radiation = column();
    this.snowDepth = column();
    this.visibility = column();
    this.weatherCode = column();
  }
}
