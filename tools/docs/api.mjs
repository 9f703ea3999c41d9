// The API reference: a page for each entry point of the packages, made by TypeDoc from the doc comments.
import fs from 'node:fs';
import path from 'node:path';
import { Application } from 'typedoc';
import { packageDirs, root } from '../ensure.mjs';

/** Where the pages lie: in no commit, since they follow from the sources. */
const FOLDER = path.join(root, 'docs/api');

/** Writes the pages and what the sidebar has of them; false where a doc comment is wrong, which has been said then. */
export async function writeApi() {
  const entries = packageDirs().flatMap(entriesOf);
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: entries.map(({ source }) => source),
    tsconfig: 'tsconfig.base.json',
    name: 'API reference',
    readme: 'none',
    out: FOLDER,
    cleanOutputDir: true,
    excludePrivate: true,
    // `npm run check` has compiled the sources.
    skipErrorChecking: true,
    treatWarningsAsErrors: true,
    // What is not exported is named where it is inferred, and has no page.
    validation: { notExported: false },
    disableSources: true,
    disableGit: true,
    logLevel: 'Warn',
    entryFileName: 'index.md',
    outputFileStrategy: 'modules',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useHTMLEncodedBrackets: true,
    sanitizeComments: true,
    useCodeBlocks: true,
    // VitePress makes other ids of names with underscores.
    useHTMLAnchors: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
  });
  const points = app.getEntryPoints();
  if (points === undefined) return false;
  for (const point of points) {
    const file = path.relative(root, point.sourceFile.fileName);
    point.displayName = entries.find(({ source }) => source === file).name;
  }
  const project = app.converter.convert(points);
  app.validate(project);
  await app.generateOutputs(project);
  return !app.logger.hasErrors() && !app.logger.hasWarnings();
}

/** What a package exports of its own, in the order of its package.json: what it is imported as, and its source. */
function entriesOf(folder) {
  const { name, exports } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([key, { '@datagen/source': source }]) =>
    source === undefined || key === './zod'
      ? []
      : { name: path.posix.join(name, key), source: path.posix.join(folder, source) },
  );
}
