import { cosineOfTurns } from '../cosine.ts';

/** A place on Earth in degrees, north and east positive. */
export interface GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
}

/** IUGG mean radius. */
const EARTH_RADIUS_KM = 6371.0088;

/** The straight distance of two places through the Earth: 0.1 % below the great circle at 1,000 km, 1 % at 3,100 km. */
export function chordKm(a: GeoPoint, b: GeoPoint): number {
  const [ax, ay, az] = unitVector(a);
  const [bx, by, bz] = unitVector(b);
  const [dx, dy, dz] = [ax - bx, ay - by, az - bz];
  return EARTH_RADIUS_KM * Math.sqrt(dx * dx + dy * dy + dz * dz);
}

function unitVector({ latitude, longitude }: GeoPoint): readonly [number, number, number] {
  const [lat, lon] = [latitude / 360, longitude / 360];
  const cosLat = cosineOfTurns(lat);
  return [cosLat * cosineOfTurns(lon), cosLat * cosineOfTurns(lon - 0.25), cosineOfTurns(lat - 0.25)];
}

/** From so many places before it on, a place's sum is taken in four parts, so that no addition waits for the last. */
const MANY_PLACES = 16;

/** A pivot this small means that a place repeats an earlier one, up to rounding. */
const SAME_PLACE = 1e-12;

/**
 * A Gaussian field on Earth read at fixed places: turns one independent standard normal per place into normals that
 * correlate as exp(-(distance / range)^shape), by the lower-triangular Cholesky factor of that covariance. Place i takes
 * from the normals 0 to i alone, so places appended to the list leave the values of earlier ones as they are.
 *
 * Takes n³/6 steps to make and n steps a value: for some hundreds of places.
 */
export class SpatialField {
  /** Row i begins at i(i+1)/2 and has i+1 weights, whose squares sum to 1. */
  readonly #factor: Float64Array;

  /**
   * `rangeKm` is the distance at which the correlation has fallen to 1/e. `shape` is from above 0 to 2, where the family of
   * powered exponentials ends: 1 is a rough field, 2 the smoothest, which hardly differs between close places.
   */
  constructor(places: readonly GeoPoint[], rangeKm: number, shape = 1) {
    const n = places.length;
    const factor = new Float64Array((n * (n + 1)) / 2);
    for (let i = 0; i < n; i++) {
      const row = (i * (i + 1)) / 2;
      let rest = 1;
      for (let j = 0; j < i; j++) {
        const other = (j * (j + 1)) / 2;
        const ratio = chordKm(places[i] as GeoPoint, places[j] as GeoPoint) / rangeKm;
        let sum = Math.exp(shape === 1 || ratio === 0 ? -ratio : -Math.exp(shape * Math.log(ratio)));
        for (let k = 0; k < j; k++) sum -= (factor[row + k] as number) * (factor[other + k] as number);
        const pivot = factor[other + j] as number;
        const weight = pivot === 0 ? 0 : sum / pivot;
        factor[row + j] = weight;
        rest -= weight * weight;
      }
      factor[row + i] = rest > SAME_PLACE ? Math.sqrt(rest) : 0;
    }
    this.#factor = factor;
  }

  /** The field at place `i`, given the independent normals of all places from `normals[offset]` on. */
  valueAt(i: number, normals: Float64Array, offset = 0): number {
    const factor = this.#factor;
    const row = (i * (i + 1)) / 2;
    let j = 0;
    let sum = 0;
    if (i >= MANY_PLACES) {
      let second = 0;
      let third = 0;
      let fourth = 0;
      for (; j + 3 <= i; j += 4) {
        sum += (factor[row + j] as number) * (normals[offset + j] as number);
        second += (factor[row + j + 1] as number) * (normals[offset + j + 1] as number);
        third += (factor[row + j + 2] as number) * (normals[offset + j + 2] as number);
        fourth += (factor[row + j + 3] as number) * (normals[offset + j + 3] as number);
      }
      sum += second + third + fourth;
    }
    for (; j <= i; j++) sum += (factor[row + j] as number) * (normals[offset + j] as number);
    return sum;
  }
}
