// Links and pictures of Markdown are relative to its file, as repositories show them; pages lie elsewhere.
import fs from 'node:fs';
import path from 'node:path';
import { pageOf } from './pages.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Plugin of markdown-it: links lead to pages, and what lies in the repository alone is named without a link. */
export function repositoryLinks(md) {
  md.core.ruler.push('repository-links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let isUnlinked = false;
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = pageLink(token.attrGet('href'), env.realPath ?? env.path);
          isUnlinked = href === undefined;
          if (!isUnlinked) token.attrSet('href', href);
        }
        if (isUnlinked && (token.type === 'link_open' || token.type === 'link_close')) {
          Object.assign(token, { type: 'text', tag: '', nesting: 0, content: '', attrs: null });
        }
      }
    }
  });
}

/** Where a link of a file leads in the site; undefined where its target is no page. */
function pageLink(href, from) {
  if (/^(https?:|mailto:|#|\/)/.test(href)) return href;
  const [target, anchor = ''] = decodeURI(href).split(/(?=#)/);
  const absolute = path.resolve(path.dirname(from), target);
  const found = fs.statSync(absolute, { throwIfNoEntry: false });
  if (found === undefined)
    throw new Error(`${path.relative(root, from)} links to ${href}, which is not there.`);
  const readme = path.join(absolute, 'README.md');
  const file = found.isDirectory() && fs.existsSync(readme) ? readme : absolute;
  if (!file.endsWith('.md')) return undefined;
  const page = pageOf(path.relative(root, file).split(path.sep).join('/'));
  return `/${page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '')}${anchor}`;
}
