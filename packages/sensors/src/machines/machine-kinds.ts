import type { MachineType } from '../devices/device-register.ts';

/** How a kind of machine works. */
export interface MachineKind {
  /** Whether it runs day and night, on days off as well. */
  readonly isContinuous: boolean;
  /** Minutes that it runs and stands on average, while its shift lasts. */
  readonly runMinutes: number;
  readonly stopMinutes: number;
  /** How hard it works at least while it runs, and while it stands ready, of 1. */
  readonly lowestLoad: number;
  readonly idleLoad: number;
}

/** The profiles are estimates: presses and machining centres change jobs, compressors load and unload, pumps run on. */
export const MACHINE_KINDS: Readonly<Record<MachineType, MachineKind>> = {
  press: { isContinuous: false, runMinutes: 75, stopMinutes: 18, lowestLoad: 0.55, idleLoad: 0.15 },
  'machining centre': {
    isContinuous: false,
    runMinutes: 40,
    stopMinutes: 12,
    lowestLoad: 0.4,
    idleLoad: 0.12,
  },
  conveyor: { isContinuous: false, runMinutes: 150, stopMinutes: 12, lowestLoad: 0.7, idleLoad: 0.05 },
  compressor: { isContinuous: false, runMinutes: 22, stopMinutes: 14, lowestLoad: 0.85, idleLoad: 0.35 },
  pump: { isContinuous: true, runMinutes: 900, stopMinutes: 60, lowestLoad: 0.5, idleLoad: 0.02 },
  fan: { isContinuous: true, runMinutes: 3_000, stopMinutes: 45, lowestLoad: 0.7, idleLoad: 0.02 },
};
