// Links and pictures of a built site, checked without a network: VitePress looks at pages, but not at anchors.
import fs from 'node:fs';
import path from 'node:path';
import { parseHTML } from 'linkedom';

/** A sentence for each link that leads nowhere. */
export function brokenLinks(folder) {
  const pages = new Map(
    fs
      .readdirSync(folder, { recursive: true })
      .filter((file) => file.endsWith('.html'))
      .map((file) => [addressOf(file), parseHTML(fs.readFileSync(path.join(folder, file), 'utf8')).document]),
  );
  const problems = [];
  for (const [address, document] of pages) {
    for (const element of document.querySelectorAll('a[href], img[src]')) {
      const target = element.getAttribute('href') ?? element.getAttribute('src');
      const reason = whyBroken(target, address, pages, folder);
      if (reason !== undefined) problems.push(`${address} has a link to ${target}: ${reason}.`);
    }
  }
  return problems;
}

/** Why a target leads nowhere from a page; undefined where it leads somewhere. */
function whyBroken(target, address, pages, folder) {
  if (target.startsWith('data:')) return undefined;
  const url = new URL(target, `http://site${address}`);
  if (url.host !== 'site') return url.protocol === 'https:' ? undefined : 'expected https';
  const { pathname, hash } = url;
  const document = pages.get(pathname);
  if (document === undefined)
    return fs.existsSync(path.join(folder, decodeURI(pathname))) ? undefined : 'there is no such page';
  const id = decodeURIComponent(hash.slice(1));
  return id === '' || document.getElementById(id) ? undefined : 'the page has no such heading';
}

/** The address of a file without what servers leave out: `a/index.html` is `/a/`, `b.html` is `/b`. */
function addressOf(file) {
  return `/${file.split(path.sep).join('/')}`.replace(/(index)?\.html$/, '');
}
