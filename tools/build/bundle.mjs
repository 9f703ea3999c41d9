// `node tools/build/bundle.mjs FOLDER …`: joins the modules of packages to few files in dist/, because Node.js takes longer
// to find and compile hundreds of small modules than to run a small dataset. The compiler writes the types beside them.
import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { rolldown } from 'rolldown';

/** Libraries that are joined into a package, which then needs no dependency for their code. */
const OWN_LIBRARIES = {
  '@datagen/cli': ['commander', 'yaml'],
  '@datagen/core': ['zod'],
};
/** Arrow says that its modules have no effects, and connects streams of Node.js and of the web in these. */
const WITH_EFFECTS = /[\\/]apache-arrow[\\/]Arrow\.(node|dom)\.mjs$/;
/** Stands for `import.meta.url` of a module, until it is known in which file of dist/ the module is. */
const URL_OF = /__urlOf\("([^"]+)"\)/g;

/**
 * Bundles one package. What it imports of others stays with them, since plug-ins share it: core and apache-arrow. What is
 * found by its place has a file at that place, with the names that the module exports.
 */
async function bundle(folder) {
  const source = path.resolve(folder, 'src');
  const dist = path.resolve(folder, 'dist');
  const { name, exports, bin = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const bundled = await rolldown({
    input: entriesOf(folder, source, Object.values(exports), Object.values(bin)),
    platform: 'node',
    external: (id, importer) => isPackage(id) && importer !== undefined && !isJoined(id, importer, name),
    plugins: [urlsOfModules(source)],
    treeshake: { moduleSideEffects: [{ test: WITH_EFFECTS, sideEffects: true }] },
  });
  removeScripts(dist);
  const { output } = await bundled.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: true,
    // The sources are published beside them, those of libraries with the libraries.
    sourcemapExcludeSources: true,
  });
  await bundled.close();
  writeLicenses(path.join(dist, 'licenses.txt'), output);
}

const isPackage = (id) => !id.startsWith('.') && !path.isAbsolute(id);

/** Whether a library comes into the files of a package: its own ones do, and one that a module only hands on. */
function isJoined(id, importer, name) {
  if (isBuiltin(id)) return false;
  if (OWN_LIBRARIES[name]?.includes(id)) return true;
  if (importer.includes(`${path.sep}node_modules${path.sep}`)) return true;
  return !id.startsWith('@datagen/') && codeOf(importer).trim() === `export * from '${id}';`;
}

/** The modules that are found by their place: those of `exports` and `bin`, threads, and those that name their own URL. */
function entriesOf(folder, source, exports, bin) {
  const exported = exports.flatMap(({ '@datagen/source': file }) =>
    file === undefined ? [] : path.relative('src', file),
  );
  const started = bin.flatMap((file) => {
    const script = fs.readFileSync(path.join(folder, file), 'utf8');
    return Array.from(script.matchAll(/'\.\.\/dist\/(.+)\.js'/g), ([, module]) => `${module}.ts`);
  });
  const placed = fs
    .readdirSync(source, { recursive: true })
    .filter(
      (file) => file.endsWith('.worker.ts') || (file.endsWith('.ts') && namesItsUrl(path.join(source, file))),
    );
  const files = [...exported, ...started, ...placed];
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), path.join(source, file)]));
}

const namesItsUrl = (file) => codeOf(file).includes('import.meta.url');

/** The text of a module without its comments. */
const codeOf = (file) => fs.readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');

/** Keeps `import.meta.url` the address at which a module can be imported, whichever file its code has come into. */
function urlsOfModules(source) {
  return {
    name: 'urls-of-modules',
    transform(code, id) {
      if (!code.includes('import.meta.url')) return null;
      const file = path.relative(source, id).split(path.sep).join('/').replace(/\.ts$/, '.js');
      return { code: code.replaceAll('import.meta.url', `__urlOf("${file}")`), map: null };
    },
    renderChunk(code, { fileName }) {
      if (!code.includes('__urlOf')) return null;
      const located = code.replace(URL_OF, (_, file) => {
        const relative = path.posix.relative(path.posix.dirname(fileName), file);
        return file === fileName ? 'import.meta.url' : `new URL("${relative}", import.meta.url).href`;
      });
      return { code: located, map: null };
    },
  };
}

/** Writes the licenses of the libraries whose code has come into a package; no file where there is none. */
function writeLicenses(file, output) {
  const libraries = new Set(
    output.flatMap(({ moduleIds = [] }) =>
      moduleIds.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/')) ?? []),
    ),
  );
  const texts = [...libraries].sort().map((folder) => {
    const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const files = fs.readdirSync(folder).filter((each) => /^(licen[cs]e|notice|copying)/i.test(each));
    if (files.length === 0) throw new Error(`${name} has no file of its license.`);
    return [
      `${name} ${version}`,
      ...files.map((each) => fs.readFileSync(path.join(folder, each), 'utf8').trim()),
    ].join('\n\n');
  });
  if (texts.length > 0) fs.writeFileSync(file, `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** Takes away what an earlier build left; the compiler's files stay. */
function removeScripts(dist) {
  for (const file of fs.readdirSync(dist, { recursive: true })) {
    if (/\.js(\.map)?$|^licenses\.txt$/.test(file)) fs.rmSync(path.join(dist, file));
  }
}

for (const folder of process.argv.slice(2)) await bundle(folder);
