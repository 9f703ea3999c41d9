export { WeatherConfig } from './config.ts';
export { weather, WeatherGenerator, weatherPlugin } from './weather.ts';
