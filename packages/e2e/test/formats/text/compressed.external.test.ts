import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { jsonLines, python } from '../../readers/pyarrow.ts';
import { nodes } from '../../runtimes/nodes.ts';

const BIN = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const WORDS = ['generate', 'sensors', 'out', '--tables', 'readings', '--max-workers', '1', '--json'];
const WINDOW = ['--start-date', '2026-01-01', '--end-date', '2026-01-01'];

const knowsZstd = (node: string) =>
  execFileSync(node, ['-p', '"createZstdCompress" in zlib'], { encoding: 'utf8' }).trim() === 'true';
/** Gzip is the same in all versions of Node.js; zstd is newer than some, and each of the others has its own way. */
const cases = nodes.flatMap(({ binary: node, version }, i) => {
  const codecs = [...(i === 0 ? ['gzip'] : []), ...(knowsZstd(node) ? ['zstd'] : [])];
  return codecs.flatMap((codec) => ['csv', 'jsonl'].map((format) => ({ node, version, codec, format })));
});

interface Report {
  readonly tables: readonly { readonly table?: string; readonly name?: string; readonly rowCount: number }[];
}

describe('compressed text', () => {
  const test = python === '' ? it.skip : it;
  if (cases.length === 0) it.skip('by other versions of Node.js', () => undefined);

  test.each(cases)(
    '$format by $codec of Node.js $version is whole for other readers, read back in part, and refused once it is cut',
    async ({ node, codec, format }) => {
      const place = await createPlace();
      const run = (...words: string[]) => spawnSync(node, [BIN, ...words], { cwd: place, encoding: 'utf8' });
      const generate = () => run(...WORDS, ...WINDOW, '--format', format, '--compression', codec);
      const { stdout } = generate();
      const rowCount = (JSON.parse(stdout) as Report).tables[0]?.rowCount ?? 0;
      expect(rowCount).toBeGreaterThan(100_000);

      const folder = path.join(place, 'out/readings');
      const [file = ''] = readdirSync(folder).map((name) => path.join(folder, name));
      expect(jsonLines('files/count_text.py', format, file)).toEqual(
        ['duckdb', 'pandas', 'polars', 'pyarrow'].map((reader) => [reader, rowCount]),
      );

      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, -1));
      const refused = generate();
      expect([refused.status, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/is no whole (CSV|JSON Lines) file: its end is missing or damaged/),
      ]);
      writeFileSync(file, bytes);
      expect((JSON.parse(generate().stdout) as Report).tables[0]?.rowCount).toBe(0);

      // Without the note only the beginning of the file tells what it holds.
      rmSync(path.join(place, 'out/.datagen'), { recursive: true });
      const look = run('look', 'out', '--json');
      expect(look.stderr).toBe('');
      const found = (JSON.parse(look.stdout) as Report).tables[0]?.rowCount ?? 0;
      expect(Math.abs(found / rowCount - 1)).toBeLessThan(0.1);
    },
    120_000,
  );
});
