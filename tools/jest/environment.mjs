import { types } from 'node:util';
import { TestEnvironment } from 'jest-environment-node';

/** Types without literals: sharing them lets arrays from workers, clones and addons pass `instanceof` in a test. */
const SHARED = [
  'Int8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Map',
  'Set',
  'Date',
];

export default class OneRealmEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of SHARED) this.global[name] = globalThis[name];
    const inner = this.global.Error;
    const ordinary = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(inner, Symbol.hasInstance, {
      value(v) {
        return ordinary.call(this, v) || (this === inner && (v instanceof Error || types.isNativeError(v)));
      },
    });
  }
}
