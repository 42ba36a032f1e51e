import type { Format } from '#model/format.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { RefusedArchive } from '../archive/refused.ts';
import type { TarEntry } from '../archive/tar.ts';
import type { ImageContents } from './image-contents.ts';
import { layeredFiles } from './layered-files.ts';
import { takenFile, takingOf, type TakenFile } from './taken-file.ts';

/** Collects what is taken of an image's files, layer by layer. */
export type FileCollector = {
  /**
   * Adds a layer, null for a root file system. Gives the paths that hard links point to and that were not taken; a second pass with these as `wanted`
   * takes them for the links, and nothing else.
   */
  addLayer(layer: number | null, entries: AsyncIterable<TarEntry>, wanted?: ReadonlySet<string> | null): Promise<ReadonlySet<string>>;
  result(): Pick<ImageContents, 'files' | 'problems'>;
};

/** The most that is kept of one image; its document is read as one file. */
const maxContentBytes = 56 * 1024 * 1024;
const maxFiles = 300_000;
const maxProblems = 100;

/** A collector with nothing in it. */
export function fileCollector(formats: readonly Format[]): FileCollector {
  const files = layeredFiles<TakenFile>();
  const problems: Problem[] = [];
  const links = new Map<string, string[]>();
  const spelled = new Map<string, string>();
  let [bytes, count, more] = [0, 0, 0];
  let isLayered = false;
  const say = (problem: Problem): void => {
    if (problems.length < maxProblems) problems.push(problem);
    else more += 1;
  };
  const keep = (path: string, layer: number, file: TakenFile): void => {
    bytes += JSON.stringify(file).length + path.length + 40;
    count += 1;
    if (bytes > maxContentBytes || count > maxFiles)
      throw new RefusedArchive(
        'too-large',
        `What the image says of its packages has more than ${String(maxContentBytes)} bytes, or lies in more than ${String(maxFiles)} files.`,
      );
    const other = spelled.get(path.toLowerCase()) ?? path;
    spelled.set(path.toLowerCase(), path);
    if (other !== path)
      say({
        code: 'case-collision',
        message: `${quoted(path)} and ${quoted(other)} differ in case only; both were read.`,
        path,
        severity: 'warning',
      });
    if (!files.put(path, layer, file))
      say({
        code: 'duplicate-entry',
        message: `${quoted(path)} is there twice in one layer; the last one counts, as when it is unpacked.`,
        path,
        severity: 'warning',
      });
  };
  const take = async (entry: Extract<TarEntry, { kind: 'file' }>, layer: number, paths: readonly string[]): Promise<void> => {
    const [first = entry.path] = paths;
    const taking = takingOf(first, entry.isExecutable, formats);
    if (taking === null || entry.size === 0) return;
    const { file, problem } = await takenFile(first, entry.size, taking, entry.bytes());
    if (problem !== null) say(problem);
    if (file !== null) for (const path of paths) keep(path, layer, file);
  };
  return {
    async addLayer(layer, entries, wanted = null) {
      const at = layer ?? 0;
      isLayered ||= layer !== null;
      if (wanted === null) links.clear();
      for await (const entry of entries) {
        if (wanted !== null) {
          if (entry.kind === 'file' && wanted.has(entry.path)) await take(entry, at, links.get(entry.path) ?? []);
          continue;
        }
        if (entry.kind === 'refused') {
          say(entry.problem);
          continue;
        }
        const [, folder = '', hidden] = /^(?:(.*)\/)?\.wh\.([^/]*)$/s.exec(entry.path) ?? [];
        if (hidden === '.wh..opq') files.empty(folder, at);
        else if (hidden?.startsWith('.wh.') === true)
          continue; // the storage driver's own
        else if (hidden !== undefined && hidden !== '') files.remove(folder === '' ? hidden : `${folder}/${hidden}`, at);
        else {
          files.replace(entry.path, at, entry.kind === 'folder');
          if (entry.kind === 'file') await take(entry, at, [entry.path]);
          else if (entry.kind === 'hard-link' && isWanted(entry.path, formats)) links.set(entry.to, [...(links.get(entry.to) ?? []), entry.path]);
        }
      }
      return new Set(links.keys());
    },
    result() {
      const all: Problem[] =
        more === 0
          ? problems
          : [...problems, { code: 'more-problems', message: `${String(more)} more entries were passed over.`, severity: 'error' }];
      return { files: files.files().map(({ path, layer, file }) => ({ ...file, path, layer: isLayered ? layer : null })), problems: all };
    },
  };
}

/** Of programs that are linked the first name is enough. */
function isWanted(path: string, formats: readonly Format[]): boolean {
  return takingOf(path, false, formats) !== null;
}
