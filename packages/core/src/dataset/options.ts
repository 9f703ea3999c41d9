import { z } from 'zod';
import { DatagenError } from '../support/errors.ts';
import { nearestName } from '../support/names.ts';
import { isSecret, withoutSecrets } from '../support/secrets.ts';
import { noSuchDay } from '../support/time.ts';

export const COMPRESSIONS = ['snappy', 'zstd', 'gzip', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** Marks an option that lays rows out without changing any: it stays out of the dataset digest. */
const layout = { layout: true };

/** Options of every run. */
export const BaseConfig = z.strictObject({
  seed: z.int().min(0).default(42).describe('Seed of all random streams; another seed is another dataset'),
  fileRowsTarget: z
    .int()
    .min(1)
    .default(250_000)
    .describe('Rows per data file to aim at; a block is never split')
    .meta(layout),
  compression: z
    .enum(COMPRESSIONS)
    .default('snappy')
    .describe('Compression codec of the data files')
    .meta(layout),
});
export type BaseConfig = z.infer<typeof BaseConfig>;

const day = () => z.iso.date('expected a day as YYYY-MM-DD');

/** Options of every generator; a generator's own schema extends this one. */
export const GeneratorConfig = BaseConfig.extend({
  startDate: day()
    .optional()
    .describe('First UTC day to generate; by default 30 days end with `endDate`')
    .meta(layout),
  endDate: day()
    .optional()
    .describe('Last UTC day to generate, inclusive; the default is yesterday')
    .meta(layout),
});
export type GeneratorConfig = z.infer<typeof GeneratorConfig>;

/** The names of a schema's options that are marked as layout. */
export function layoutOptionsOf(schema: z.ZodObject): ReadonlySet<string> {
  const isLayout = ([, option]: [string, z.ZodType]) => option.meta()?.['layout'] === true;
  return new Set(
    Object.entries(schema.shape as Record<string, z.ZodType>)
      .filter(isLayout)
      .map(([name]) => name),
  );
}

/** The names of a schema's options that are declared secret. */
export function secretOptionsOf(schema: z.ZodObject): readonly string[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>)
    .filter(([, option]) => isSecret(option))
    .map(([name]) => name);
}

/** What is wrong with one option: where, and the rest of a sentence, "expected at least 0, got -5". Secrets are left out. */
export interface OptionProblem {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Every problem of an input, so that a caller can name options as its users know them: by flag, by line of a file. */
export function findOptionProblems(schema: z.ZodObject, input: unknown): readonly OptionProblem[] {
  const { error } = schema.safeParse(input ?? {});
  const known = Object.keys(schema.shape);
  if (error === undefined) return [];
  const shown = withoutSecrets(schema, input ?? {});
  return error.issues.flatMap((issue) => problemsOf(issue, shown, known));
}

/**
 * Parses options with defaults applied, or throws `INVALID_OPTION` with one line per problem, each naming the option.
 * `owner` is what the options belong to, as the user knows it: `generator "ecommerce"`.
 */
export function parseOptions<S extends z.ZodObject>(schema: S, input: unknown, owner: string): z.infer<S> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const problems = findOptionProblems(schema, input);
  const lines = problems.map(({ path, text }) => `Option \`${path.join('.')}\` of the ${owner}: ${text}.`);
  throw new DatagenError('INVALID_OPTION', lines.join('\n'), { details: { owner, problems } });
}

function problemsOf(issue: z.core.$ZodIssue, input: unknown, known: readonly string[]): OptionProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((typed) => {
      const path = [...issue.path, typed];
      // An issue inside of a nested object does not tell which names that one knows.
      if (path.length > 1) return { path, text: 'there is no such option' };
      const nearest = nearestName(typed, known);
      const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
      return { path, text: `there is no such option.${hint} Known: ${known.join(', ')}` };
    });
  }
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  const isDate = issue.code === 'invalid_format' && issue.format === 'date';
  const text = `${expectationOf(issue)}, got ${valueText(value)}${isDate ? noSuchDay(value) : ''}`;
  return [{ path: issue.path, text }];
}

const LONGEST_VALUE = 100;

/** A refused value, on one line and not at any length; JSON has no infinite numbers. */
function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small')
    return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`;
  if (issue.code === 'too_big')
    return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`;
  if (issue.code === 'invalid_type')
    return `expected ${issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`}`;
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

/** One option as the command line and the READMEs show it. */
export interface OptionDescription {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Absent for a secret one. */
  readonly default?: unknown;
  /** Whether its value is never shown: declared by `meta({ secret: true })`. */
  readonly secret?: true;
}

interface JsonProperty {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  items?: JsonProperty;
  anyOf?: JsonProperty[];
}

/** The options of a schema in its order: the one declaration behind flags, help, completion and README tables. */
export function describeOptions(schema: z.ZodObject): OptionDescription[] {
  const json = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(json.properties ?? {}).map(([name, property]) => {
    const { description = '', default: fallback, enum: choices, ...rest } = property as JsonProperty;
    const hidden = isSecret(schema.shape[name] as z.ZodType);
    return {
      name,
      type: typeText({ ...rest, ...(choices && { enum: choices }) }),
      description,
      ...(choices && { choices: choices.map(String) }),
      ...(fallback !== undefined && !hidden && { default: fallback }),
      ...(hidden && { secret: true as const }),
    };
  });
}

function typeText({ type, enum: choices, items, anyOf }: JsonProperty): string {
  if (choices) return choices.map(String).join(' | ');
  if (anyOf) return anyOf.map(typeText).join(' | ');
  if (type === 'array' && items) return `${typeText(items)}[]`;
  return type ?? 'any';
}
