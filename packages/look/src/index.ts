export { type Histogram } from './profile/histogram.ts';
export { type Shares } from './profile/shares.ts';
export {
  type ColumnProfile,
  type Measure,
  profileTable,
  type TableProfile,
} from './profile/table-profile.ts';
export { type TimeUnit } from './profile/time-unit.ts';
export { valueText } from './profile/value-text.ts';
