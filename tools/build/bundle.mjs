// `node tools/build/bundle.mjs [FOLDER …]`: joins the modules of packages to few files in dist/, because Node.js takes longer to
// find and compile hundreds of small modules than to run a small dataset. The compiler writes the types beside them.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Bundles one package. What other packages import stays a package of its own, since plug-ins share it (core, apache-arrow,
 * zod), and so does a module that is found by its place: it keeps its path below dist/, with all that it exports.
 */
export async function bundle(folder) {
  const dist = path.join(folder, 'dist');
  const bundled = await rolldown({
    input: entriesOf(folder),
    platform: 'node',
    external: (id, importer) => importer !== undefined && !id.startsWith('.') && !path.isAbsolute(id),
    // A module is in its own file also where others of the package import it, so that `import.meta.url` names that file.
    preserveEntrySignatures: 'allow-extension',
  });
  removeScripts(dist);
  await bundled.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: true,
  });
  await bundled.close();
}

/** The modules that keep their paths: what the manifest exports, what `bin` imports, and those found by their place. */
function entriesOf(folder) {
  const source = path.join(folder, 'src');
  const { exports, bin = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const exported = Object.values(exports).flatMap(({ '@datagen/source': file }) => file ?? []);
  const started = Object.values(bin).map((file) => {
    const [, module] = /import\('\.\.\/dist\/(.+)\.js'\)/.exec(
      fs.readFileSync(path.join(folder, file), 'utf8'),
    );
    return `src/${module}.ts`;
  });
  const placed = fs
    .readdirSync(source, { recursive: true })
    .filter((file) => file.endsWith('.ts') && isFoundByPlace(path.join(source, file)))
    .map((file) => `src/${file}`);
  const files = [...exported, ...started, ...placed].map((file) => path.resolve(folder, file));
  return Object.fromEntries(
    files.map((file) => [path.relative(path.resolve(source), file).slice(0, -'.ts'.length), file]),
  );
}

/** Whether a module is started as a thread, or says by `import.meta` where it is: to import it again, or for files beside it. */
function isFoundByPlace(file) {
  const code = fs.readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  return file.endsWith('.worker.ts') || code.includes('import.meta.');
}

/** Takes away what an earlier build left; the compiler's files stay. */
function removeScripts(dist) {
  for (const file of fs.readdirSync(dist, { recursive: true })) {
    if (/\.js(\.map)?$/.test(file)) fs.rmSync(path.join(dist, file));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of process.argv.slice(2)) await bundle(folder);
}
