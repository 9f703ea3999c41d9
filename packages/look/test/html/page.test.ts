import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { lookPage } from '../../src/html/index.ts';
import { profileTable } from '../../src/index.ts';

const where = { place: './a <b> & "c"', format: 'parquet', versionNoun: 'version' };
const hostile = `"'><script>alert(1)</script>`;

interface PageElement {
  readonly textContent: string;
  getAttribute(name: string): string | null;
}

/** What is needed of a document: the types of browsers are not among those of Node.js. */
interface PageDocument {
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): readonly PageElement[];
}

describe('the page', () => {
  const table = profileTable(
    {
      name: hostile,
      rowCount: 4,
      fileCount: 1,
      byteSize: 999_600,
      sampleRowCount: 4,
      warnings: [hostile],
      columns: [
        { name: hostile, type: 'text', doc: hostile, sample: [hostile, hostile, 'b', null] },
        { name: 'n', type: 'float64', doc: 'At most `<max>`, in `m`', sample: [1, 2, 3, 4.5] },
      ],
    },
    4,
  );
  const page = lookPage(where, [table]);

  it('escapes all that comes from data', () => {
    const { document } = parseHTML(page) as unknown as { readonly document: PageDocument };
    expect(document.querySelectorAll('script')).toHaveLength(0);
    expect(document.querySelector('h2')?.textContent).toBe(hostile);
    expect(document.querySelector('svg')?.getAttribute('aria-label')).toBe(`Shares of ${hostile}`);
    expect(page).toContain('<h1>./a &lt;b&gt; &amp; &quot;c&quot;</h1>');
  });

  it('shows code in descriptions, and sizes in three digits', () => {
    expect(page).toContain('<p class="doc">At most <code>&lt;max&gt;</code>, in <code>m</code></p>');
    expect(page).toContain('4 rows · 1 file · 1.0 MB');
  });

  it('needs nothing but itself', () => {
    expect(page.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:/);
    expect(page.match(/<svg/g)).toHaveLength(2);
  });
});
