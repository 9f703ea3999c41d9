/** An option that a sentence speaks of, perhaps with a value to give it. Plain data. */
export interface OptionMention {
  readonly option: string;
  readonly value?: string;
}

/** A sentence in parts, so that whoever shows it can call options by the names its readers know. Plain data. */
export type Sentence = readonly (string | OptionMention)[];

/** Speaks of an option in a `sentence`; `value` is one that the reader may give it. */
export function option(name: string, value?: string): OptionMention {
  return { option: name, ...(value !== undefined && { value }) };
}

/** A tag for templates: ``sentence`Expected ${option('endDate')} on or after ${day}.` `` */
export function sentence(
  texts: TemplateStringsArray,
  ...values: readonly (string | number | OptionMention | Sentence)[]
): Sentence {
  const parts = texts.flatMap((text, i) => {
    const value = values[i] ?? '';
    return [
      text,
      ...(Array.isArray(value) ? (value as Sentence) : [partOf(value as string | OptionMention)]),
    ];
  });
  return parts.filter((part) => part !== '');
}

function partOf(value: string | number | OptionMention): string | OptionMention {
  return typeof value === 'object' ? value : String(value);
}

/** The text of a sentence; `nameOf` says how its options are called, by default `` `endDate` `` and `` mode `append` ``. */
export function sentenceText(
  parts: string | Sentence,
  nameOf: (mention: OptionMention) => string = ({ option: name, value }) =>
    value === undefined ? `\`${name}\`` : `${name} \`${value}\``,
): string {
  if (typeof parts === 'string') return parts;
  return parts.map((part) => (typeof part === 'string' ? part : nameOf(part))).join('');
}
