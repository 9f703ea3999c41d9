import { cosineOfTurns, type GeoPoint } from '@datagen/core/random';
import { declinationTurns } from '../climate/sun.ts';
import { HOURS_PER_DAY } from '../hours/hourly-values.ts';

const { exp, log, round } = Math;

/** The share of the clear sky's radiation that passes a cover in per cent (Kasten and Czeplak 1980). */
const passing = Float64Array.from({ length: 101 }, (_, percent) =>
  percent === 0 ? 1 : 1 - 0.75 * exp(3.4 * log(percent / 100)),
);

/** The sun's radiation on level ground at one location. */
export class Radiation {
  readonly #sinLatitude: number;
  readonly #cosLatitude: number;
  /** The cosine of the sun's hour angle in the middle of each UTC hour. */
  readonly #cosHourAngle: Float64Array;

  constructor({ latitude, longitude }: GeoPoint) {
    this.#sinLatitude = cosineOfTurns(latitude / 360 - 0.25);
    this.#cosLatitude = cosineOfTurns(latitude / 360);
    this.#cosHourAngle = Float64Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
      cosineOfTurns((hour + 0.5 + longitude / 15 - 12) / HOURS_PER_DAY),
    );
  }

  /** Writes the mean of each of the 24 hours of a UTC day, W/m², from position `at` on, under clouds in per cent. */
  fill(day: number, cloudCover: Int32Array, target: Int32Array, at: number): void {
    const declination = declinationTurns(day);
    const [constant, swing] = [
      this.#sinLatitude * cosineOfTurns(declination - 0.25),
      this.#cosLatitude * cosineOfTurns(declination),
    ];
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const height = constant + swing * (this.#cosHourAngle[hour] as number);
      target[at + hour] =
        height <= 0 ? 0 : round(clearSky(height) * (passing[cloudCover[at + hour] as number] as number));
    }
  }
}

/** The radiation under a clear sky, W/m², by the sine of the sun's height above the horizon (Haurwitz 1945). */
function clearSky(sineOfHeight: number): number {
  return 1_098 * sineOfHeight * exp(-0.057 / sineOfHeight);
}
