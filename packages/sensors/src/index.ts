export { SensorsConfig } from './config.ts';
export { sensors, SensorsGenerator, sensorsPlugin } from './sensors.ts';
