import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './packed.ts';

/** A block of code in a page of Markdown. */
export interface CodeBlock {
  readonly page: string;
  /** Of its first line of code. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The file that its first comment names: such a block is saved and not run. */
  readonly file?: string;
  /** Why it is not run, from the comment `<!-- not run: … -->` above it. */
  readonly notRun?: string;
  /** What it prints, from the `text` block right below it. */
  readonly printed?: string;
}

/** The blocks of a page of the repository, in their order; `text` belongs to the block above it. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const text = readFileSync(path.join(root, page), 'utf8');
  const pattern = /(?:^<!-- not run: (.+) -->\n\n?)?^```(\w+)?.*\n([^]*?)^```$/gm;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [all, notRun, language = 'text', code = ''] = match;
    const isBelow = text.slice(end, match.index).trim() === '';
    end = match.index + all.length;
    const above = blocks.at(-1);
    if (language === 'text') {
      if (above !== undefined && isBelow) blocks[blocks.length - 1] = { ...above, printed: code };
      continue;
    }
    const [, file] = /^(?:#!.*\n)?(?:#|--|\/\/) ([\w./-]+\.\w+)(?:[,:] .*)?\n/.exec(code) ?? [];
    const line = text.slice(0, end - code.length - 3).split('\n').length;
    blocks.push({
      page,
      line,
      language,
      code,
      ...(file !== undefined && { file }),
      ...(notRun !== undefined && { notRun }),
    });
  }
  return blocks;
}

/**
 * Whether a page shows what was printed. Times, sizes, speeds and the encoder are those of the machine that a block runs
 * on, so they do not count, and neither do the blanks that line them up.
 */
export function isPrinted(shown: string, printed: string): boolean {
  return comparable(shown) === comparable(printed);
}

/** What of a text is compared: a test that fails shows this of both, and so the lines that differ. */
export function comparable(text: string): string {
  return (
    text
      .replaceAll(/[\d.,]+ (B|kB|MB|s|rows\/s)(?![\w/])/g, '$1')
      // What is free, and what a run is foretold to take.
      .replaceAll(/[\d.,]+ \w*B are free/g, 'are free')
      .replaceAll(/about (a|[\d.,]*) ?(second|minute|hour|s|min|hours|days)(?= on this machine)/g, 'about')
      .replaceAll(/\w+ encoder/g, 'encoder')
      .replaceAll(/ +/g, ' ')
      .replaceAll(/ $/gm, '')
      .trim()
  );
}
