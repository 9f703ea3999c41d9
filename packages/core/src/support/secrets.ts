import type { z } from 'zod';

/** What stands in the place of a secret wherever text is shown. */
export const HIDDEN = '***';

interface Definition {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as Definition;

/** Whether a schema is declared secret, by `meta({ secret: true })` on itself or on what it makes optional or changes. */
export function isSecret(schema: z.core.$ZodType): boolean {
  const meta = 'meta' in schema ? (schema as z.ZodType).meta() : undefined;
  if (meta?.['secret'] === true) return true;
  const { innerType, in: input } = definitionOf(schema);
  const inner = innerType ?? input;
  return inner !== undefined && isSecret(inner);
}

/** A value of a schema to be shown: secrets in it, however deep, are replaced by `***`. */
export function withoutSecrets(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isSecret(schema)) return HIDDEN;
  const { innerType, in: input, element, valueType, options, shape } = definitionOf(schema);
  const inner = innerType ?? input;
  if (inner !== undefined) return withoutSecrets(inner, value);
  // Which member of a union the value is of is not known: what any of them hides is hidden.
  if (options !== undefined)
    return options.reduce<unknown>((shown, member) => withoutSecrets(member, shown), value);
  if (typeof value === 'string') return withoutPassword(value);
  if (typeof value !== 'object') return value;
  if (Array.isArray(value))
    return element === undefined ? value : value.map((part) => withoutSecrets(element, part));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const known = (shape && Object.hasOwn(shape, key) ? shape[key] : undefined) ?? valueType;
      return [key, known === undefined ? part : withoutSecrets(known, part)];
    }),
  );
}

/**
 * A URI to be shown: `postgresql://me:word@host/db` as `postgresql://me:***@host/db`, `?password=word` as
 * `?password=***`. Other texts stay as they are, a URI inside of a longer one included.
 */
export function withoutPassword(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*):[^\s/?#]*@/gi, `$1:${HIDDEN}@`)
    .replace(
      /([?&;\s](?:password|passwd|pwd|secret|token|secret_access_key|sig)=)[^\s&;#'"]+/gi,
      `$1${HIDDEN}`,
    );
}
