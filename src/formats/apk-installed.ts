import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { filledText } from './shared/filled-text.ts';
import { installedSystem, rootBefore, type InstalledPackage } from './shared/installed-system.ts';
import { problemLog } from './shared/problem-log.ts';

const place = /(?:^|\/)(?:usr\/)?lib\/apk\/db\/installed$/;

/** What is installed on an Alpine, a Wolfi, or another system with apk. */
export const apkInstalled: Format = {
  id: 'apk-installed',
  version: 1,
  title: 'apk installed',
  kind: 'lockfile',
  ecosystems: ['Alpine', 'Alpaquita', 'Chainguard', 'CleanStart', 'MinimOS', 'Wolfi'],
  family: 'apk',
  isInstalled: true,
  spec: 'https://wiki.alpinelinux.org/wiki/Apk_spec',
  reads:
    'Installed packages with their licences, the origin that each was built from, which advisories name, edges, and what `world` asks for directly. apk 3 writes this database as apk 2 did. The release is that of os-release.',
  cannotSee: 'Files that no package brought.',
  matchesPath: (path) => place.test(path),
  parse: readInstalled,
};

function readInstalled(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const root = rootBefore(file.path, place);
  const world = worldOf(neighbours.read(`${root}etc/apk/world`));
  const installed: InstalledPackage[] = [];
  let line = 1;
  for (const paragraph of text.value.split(/\n\s*\n/)) {
    const fields = fieldsOf(paragraph);
    const [name, version] = [filledText(fields.get('P')), filledText(fields.get('V'))];
    if (name !== null && version !== null) {
      const [licence, origin] = [filledText(fields.get('L')), filledText(fields.get('o'))];
      installed.push({
        ...{
          name,
          version,
          licences: licence === null ? [] : [licence.slice(0, 500)],
          source: origin === null ? null : { name: origin, version: null },
        },
        ...{ provides: namesIn(fields.get('p')), needs: namesIn(fields.get('D')).map((each) => [each]) },
        ...(world === null ? {} : { direct: world.has(name) }),
      });
    } else if (paragraph.trim() !== '') {
      log.error('bad-package', 'An entry has no name and version (P and V) as an entry of apk has; it was left out.', { line });
    }
    line += paragraph.split('\n').length + 1;
  }
  return installedSystem(installed, { type: 'apk', root, neighbours, log });
}

/** The first line of each letter; what follows about files is repeated and not looked at. */
function fieldsOf(paragraph: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of paragraph.split('\n')) {
    if (line[1] !== ':') continue;
    const letter = line[0] ?? '';
    if (letter === 'F') break;
    if (!fields.has(letter)) fields.set(letter, line.slice(2));
  }
  return fields;
}

/** Names without their versions; what begins with `!` is a conflict. */
function namesIn(text: string | undefined): readonly string[] {
  return (text ?? '').split(/\s+/).flatMap((each) => /^([^!=<>~@\s][^=<>~@\s]*)/.exec(each)?.[1] ?? []);
}

function worldOf(bytes: Uint8Array | null): ReadonlySet<string> | null {
  const text = bytes === null ? null : decodeText(bytes);
  return text?.ok === true ? new Set(namesIn(text.value)) : null;
}
