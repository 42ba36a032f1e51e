import { lstat, opendir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { quoted } from '#model/problem.ts';
import { openRandomFile } from '../archive/file-source.ts';
import type { ArchiveLimits } from '../archive/limits.ts';
import { RefusedArchive } from '../archive/refused.ts';
import type { TarEntry } from '../archive/tar.ts';

/** Folders of a running system that hold no files. */
const notEntered: ReadonlySet<string> = new Set(['proc', 'sys', 'dev', 'run']);
const maxDepth = 128;

/** The files below a folder that is the root of a system, as entries of an archive would be. Links are not followed, and what cannot be read is said. */
export async function* rootFiles(root: string, limits: ArchiveLimits): AsyncGenerator<TarEntry> {
  let entries = 0;
  const folders: { readonly inside: string; readonly depth: number }[] = [{ inside: '', depth: 0 }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const { inside, depth } = folder;
    const refused = (code: string, at: string, why: string): TarEntry => ({
      kind: 'refused',
      problem: { code, message: `${quoted(at)} ${why}; what lies there is missing.`, path: at, severity: 'error' },
    });
    try {
      for await (const each of await opendir(path.join(root, inside))) {
        entries += 1;
        if (entries > limits.entries)
          throw new RefusedArchive('too-many-entries', `The folder holds more than ${String(limits.entries)} files; it was not read.`);
        const at = inside === '' ? each.name : `${inside}/${each.name}`;
        if (each.isDirectory()) {
          if (depth === maxDepth) yield refused('too-deep', at, 'lies too deep');
          else if (inside !== '' || !notEntered.has(each.name)) folders.push({ inside: at, depth: depth + 1 });
        } else if (each.isFile()) {
          yield await fileEntry(root, at, refused);
        }
      }
    } catch (error) {
      if (error instanceof RefusedArchive) throw error;
      yield refused('unreadable', inside === '' ? '.' : inside, 'cannot be listed');
    }
  }
}

async function fileEntry(root: string, at: string, refused: (code: string, at: string, why: string) => TarEntry): Promise<TarEntry> {
  const full = path.join(root, at);
  const stat = await lstat(full).catch(() => null);
  if (stat?.isFile() !== true) return refused('unreadable', at, 'cannot be read');
  return {
    kind: 'file',
    path: at,
    size: stat.size,
    isExecutable: (stat.mode & 0o111) !== 0,
    offset: 0,
    async *bytes() {
      // A folder on the way may have become a link since it was listed.
      const isWhereItWas = (await realpath(path.dirname(full)).catch(() => null)) === path.dirname(path.join(await realpath(root), at));
      const file = isWhereItWas ? await openRandomFile(full) : null;
      if (file === null) return;
      try {
        yield* file.stretch(0, stat.size);
      } finally {
        await file.close();
      }
    },
  };
}
