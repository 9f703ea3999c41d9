// The browser that pages are looked at in. On Debian, as root, it is installed; elsewhere it is said.
import fs from 'node:fs';
import path from 'node:path';
import { install } from './debian.mjs';

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'];

function findBinary() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    fs.existsSync(file),
  );
}

/** `{ binary }` of an installed browser; `{ missing }` with the reason where there is none. */
export function ensureChromium() {
  // Without a font a page has no text, and Debian's browser brings none.
  if (findBinary() === undefined) install(['chromium-headless-shell', 'fonts-dejavu-core']);
  const binary = findBinary();
  return binary === undefined
    ? { missing: 'no Chromium was found; the test of pages is skipped.' }
    : { binary };
}
