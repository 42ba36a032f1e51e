// Bundles the reader process (src/gateway/child.ts and every format) into one file: starting it from a hundred source files, each stripped of its types, takes
// ten times as long. Run by set-up, tests and benches; does nothing while the bundle is fresh. Without it, readers start from the source files.
import fs from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
/** Where src/gateway/reader-script.ts looks. */
const bundle = path.join(root, '.cache', 'reader.js');

type MadeOf = readonly (readonly [file: string, size: number, changedMs: number])[];

/** What both kinds of bundle are made with: the packages go in, too. */
const options: BuildOptions = {
  absWorkingDir: root,
  entryPoints: [path.join(root, 'src', 'gateway', 'child.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node26',
  logLevel: 'warning',
  // Packages in CommonJS ask for Node's own modules with `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

/** Writes the bundle of a published program, which is never stale. */
export async function bundlePublishedReader(outfile: string): Promise<void> {
  await build({ ...options, outfile, sourcemap: 'linked' });
}

/** Writes the bundle of this checkout unless the one that is there was made of the very files that lie here. */
export async function bundleReader(): Promise<void> {
  if (isFresh()) return;
  const { metafile, outputFiles } = await build({ ...options, outfile: bundle, write: false, metafile: true });
  const madeOf: MadeOf = Object.keys(metafile.inputs).map((file) => [file, ...stampOf(file)]);
  fs.mkdirSync(path.dirname(bundle), { recursive: true });
  const part = `${bundle}.${String(process.pid)}`;
  fs.writeFileSync(part, `// ${JSON.stringify(madeOf)}\n${outputFiles[0]?.text ?? ''}`);
  fs.renameSync(part, bundle); // whole or not at all, whoever starts a reader meanwhile
}

function isFresh(): boolean {
  try {
    const text = fs.readFileSync(bundle, 'utf8');
    const madeOf = JSON.parse(text.slice(3, text.indexOf('\n'))) as MadeOf;
    return madeOf.every(([file, size, changedMs]) => stampOf(file).join() === [size, changedMs].join());
  } catch {
    return false;
  }
}

function stampOf(file: string): readonly [size: number, changedMs: number] {
  const { size, mtimeMs } = fs.statSync(path.join(root, file));
  return [size, mtimeMs];
}

if (import.meta.main) await bundleReader();
