import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { installedSystem, rootBefore } from './shared/installed-system.ts';
import { problemLog } from './shared/problem-log.ts';

const place = /(?:^|\/)var\/lib\/pacman\/local\/[^/]+\/desc$/;

/** One package as pacman installed it. */
export const pacmanDesc: Format = {
  id: 'pacman-desc',
  version: 1,
  title: 'pacman desc',
  kind: 'manifest',
  ecosystems: [],
  family: 'pacman',
  isInstalled: true,
  spec: 'https://man.archlinux.org/man/alpm-db-desc.5.en',
  reads: 'Name, version, licences of the one package, and whether it was asked for. The distribution is that of os-release.',
  cannotSee: 'What it depends on, which has a file of its own. OSV has no ecosystem for Arch Linux, so no advisory names it.',
  matchesPath: (path) => place.test(path),
  parse: readDesc,
};

function readDesc(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const sections = new Map<string, string[]>();
  let values: string[] | null = null;
  for (const line of text.value.split(/\r?\n/)) {
    const [, title] = /^%([A-Z0-9]+)%$/.exec(line) ?? [];
    if (title !== undefined) sections.set(title, (values = []));
    else if (line !== '') values?.push(line);
  }
  const [name, version] = [sections.get('NAME')?.[0], sections.get('VERSION')?.[0]];
  if (name === undefined || version === undefined) {
    log.error('not-this-format', 'The file has no name and version (%NAME% and %VERSION%) as a desc of pacman has.');
    return unread(...log.problems());
  }
  const licences = (sections.get('LICENSE') ?? []).map((each) => each.slice(0, 500));
  const direct = sections.get('REASON')?.[0] !== '1';
  const found = { name, version, licences, source: null, provides: [], needs: [], direct };
  return installedSystem([found], { type: 'alpm', root: rootBefore(file.path, place), neighbours, log });
}
