// `node tools/build/bundle.mjs FOLDER …`: joins the modules of packages to few files in dist/, because Node.js takes longer
// to find and compile hundreds of small modules than to run a small dataset. The compiler writes the types beside them.
import fs from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

/** Stands for `import.meta.url` of a module, until it is known in which file of dist/ the module is. */
const URL_OF = /__urlOf\("([^"]+)"\)/g;

/**
 * Bundles one package. What it imports of others stays with them, since plug-ins share it: core, apache-arrow, zod. What
 * is found by its place has a file at that place, with the names that the module exports.
 */
async function bundle(folder) {
  const source = path.resolve(folder, 'src');
  const dist = path.resolve(folder, 'dist');
  const bundled = await rolldown({
    input: entriesOf(folder, source),
    platform: 'node',
    external: (id, importer) => importer !== undefined && !id.startsWith('.') && !path.isAbsolute(id),
    plugins: [urlsOfModules(source)],
  });
  removeScripts(dist);
  await bundled.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    sourcemap: true,
    // The sources are published beside them.
    sourcemapExcludeSources: true,
  });
  await bundled.close();
}

/** The modules that are found by their place: those of `exports` and `bin`, threads, and those that name their own URL. */
function entriesOf(folder, source) {
  const { exports, bin = {} } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const exported = Object.values(exports).flatMap(({ '@datagen/source': file }) =>
    file === undefined ? [] : path.relative('src', file),
  );
  const started = Object.values(bin).map((file) => {
    const script = fs.readFileSync(path.join(folder, file), 'utf8');
    const [, module] = /import\('\.\.\/dist\/(.+)\.js'\)/.exec(script);
    return `${module}.ts`;
  });
  const placed = fs
    .readdirSync(source, { recursive: true })
    .filter(
      (file) => file.endsWith('.worker.ts') || (file.endsWith('.ts') && namesItsUrl(path.join(source, file))),
    );
  const files = [...exported, ...started, ...placed];
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), path.join(source, file)]));
}

function namesItsUrl(file) {
  const code = fs.readFileSync(file, 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  return code.includes('import.meta.url');
}

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

/** Takes away what an earlier build left; the compiler's files stay. */
function removeScripts(dist) {
  for (const file of fs.readdirSync(dist, { recursive: true })) {
    if (/\.js(\.map)?$/.test(file)) fs.rmSync(path.join(dist, file));
  }
}

for (const folder of process.argv.slice(2)) await bundle(folder);
