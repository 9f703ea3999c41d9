import { type GeneratorPlugin, type OptionsStep, parseOptions, type WindowStep } from '@datagen/core';
import { DAY_MS, formatDay, parseDay } from '@datagen/core/generator';
import { z } from '@datagen/core/zod';

/** Values of options, by name. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** A step of a generator's scaling between its bounds: `at` says what the options are at a factor, or a number of days. */
export interface BoundedStep {
  readonly names: readonly string[];
  readonly start: number;
  readonly low: number;
  readonly high: number;
  at(factor: number): OptionValues;
}

interface NumberSchema {
  readonly type?: string;
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What is known of the window before a size is chosen: the last day, and the days up to it. */
export interface WindowEnd {
  readonly endDate: string;
  readonly dayCount: number;
}

/** The steps that `given` options leave free. */
export function stepsOf(
  plugin: GeneratorPlugin,
  given: OptionValues,
  window: WindowEnd,
): readonly BoundedStep[] {
  const config = parseOptions(plugin.options, given, `generator "${plugin.name}"`);
  return (plugin.scaling ?? []).flatMap((step): readonly BoundedStep[] => {
    if ('earliest' in step) return given['startDate'] === undefined ? [windowStep(step, config, window)] : [];
    if (step.unless !== undefined && given[step.unless] !== undefined) return [];
    const free = Object.keys(step.options).filter((name) => given[name] === undefined);
    return free.length === 0 ? [] : [optionsStep(plugin.options, step, free)];
  });
}

/** The given options that leave nothing to a generator's scaling. */
export function fixedNames({ scaling = [] }: GeneratorPlugin, given: OptionValues): readonly string[] {
  const names = scaling.flatMap((step) => {
    if ('earliest' in step) return ['startDate'];
    return step.unless !== undefined && given[step.unless] !== undefined
      ? [step.unless]
      : Object.keys(step.options);
  });
  return [...new Set(names)];
}

function windowStep(
  { earliest }: WindowStep,
  config: OptionValues,
  { endDate, dayCount }: WindowEnd,
): BoundedStep {
  const endMs = parseDay(endDate);
  const first = typeof earliest === 'string' ? earliest : String(config[earliest.option]);
  const most = (endMs - parseDay(first)) / DAY_MS + 1;
  return {
    names: ['startDate'],
    start: dayCount,
    low: 1,
    high: Math.max(dayCount, most),
    at: (days) => ({ startDate: formatDay(endMs - (Math.round(days) - 1) * DAY_MS) }),
  };
}

function optionsStep(schema: z.ZodObject, { options }: OptionsStep, names: readonly string[]): BoundedStep {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  const scaled = names.map((name) => {
    const { type, default: fallback, minimum, maximum } = properties[name] as NumberSchema;
    const { power = 1, from = fallback ?? 1, least } = options[name] ?? {};
    const isWhole = type === 'integer';
    const min = Math.max(minimum ?? 0, least ?? (isWhole ? 1 : 0));
    return { name, power, from, isWhole, min, max: maximum ?? Number.MAX_SAFE_INTEGER };
  });
  const factorFor = (value: number, { from, power }: (typeof scaled)[number]) =>
    (value / from) ** (1 / power);
  return {
    names,
    start: 1,
    low: Math.min(...scaled.map((option) => factorFor(option.min, option))),
    high: Math.min(...scaled.map((option) => factorFor(option.max, option))),
    at: (factor) =>
      Object.fromEntries(
        scaled.map(({ name, power, from, isWhole, min, max }) => {
          const value = threeDigits(from * factor ** power);
          return [name, Math.min(max, Math.max(min, isWhole ? Math.round(value) : value))];
        }),
      ),
  };
}

/** A number that one can remember; the half percent that it may be off is less than the estimate is. */
function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
