// Which files of the repository are pages of the site, and at which addresses.

const DOMAINS = ['ecommerce', 'market', 'sensors', 'weather'];
const FORMATS = ['parquet', 'delta', 'iceberg', 'ducklake', 'text', 's3'];

/** Files outside of `docs/` and their pages. */
const ELSEWHERE = {
  'README.md': 'guide/overview.md',
  'packages/cli/README.md': 'guide/command-line.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'examples/four-formats.md': 'recipes/four-formats.md',
};

/** What lies in `docs/` itself. */
const IN_DOCS = {
  'formats.md': 'formats/index.md',
  'realism.md': 'domains/realism.md',
  'architecture.md': 'project/architecture.md',
  'decisions.md': 'project/decisions.md',
  'performance.md': 'project/performance.md',
  'testing.md': 'project/testing.md',
};

/** Markdown that is no page. */
export const NO_PAGES = ['.*/**', 'out/**', '**/{src,test,test-results,native,data}/**', '**/CHANGELOG.md'];

/** The page that a Markdown file is, as a path in the site; both from the repository's root. */
export function pageOf(file) {
  if (ELSEWHERE[file] !== undefined) return ELSEWHERE[file];
  const [, inDocs] = /^docs\/(.*)$/.exec(file) ?? [];
  if (inDocs !== undefined) return IN_DOCS[inDocs] ?? inDocs;
  const [, name] = /^packages\/([^/]+)\/README\.md$/.exec(file) ?? [];
  if (DOMAINS.includes(name)) return `domains/${name}.md`;
  if (FORMATS.includes(name)) return `formats/${name}.md`;
  return name === undefined ? file : `packages/${name}.md`;
}
