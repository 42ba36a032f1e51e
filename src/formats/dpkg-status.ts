import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { controlParagraphs } from './shared/control-paragraphs.ts';
import { filledText } from './shared/filled-text.ts';
import { installedSystem, inventoryOf, rootBefore, type InstalledPackage } from './shared/installed-system.ts';
import { ownPurl } from './shared/own-purl.ts';
import { packageOf } from './shared/package-of.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import type { SourcePackage } from './shared/source-packages.ts';

const place = /(?:^|\/)(?:var\/lib\/dpkg\/status(?:\.d\/[^/]+)?|(?:usr|var)\/lib\/opkg\/status)$/;

/** What is installed on a Debian, an Ubuntu, or a system of OpenWrt. */
export const dpkgStatus: Format = {
  id: 'dpkg-status',
  version: 1,
  title: 'dpkg status',
  kind: 'lockfile',
  ecosystems: ['Debian', 'Ubuntu', 'Echo'],
  family: 'dpkg',
  isInstalled: true,
  spec: 'https://manpages.debian.org/bookworm/dpkg/dpkg-query.1.en.html',
  reads:
    'Packages whose files are there (also `status.d` of distroless images, and the status of opkg), the source packages they were built from, which advisories name, and edges. The release is that of os-release.',
  cannotSee: 'Licences, which stand in the copyright file of each package; what was asked for directly; files that no package brought.',
  matchesPath: (path) => place.test(path) && !path.endsWith('.md5sums'),
  parse: readStatus,
};

function readStatus(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const installed: InstalledPackage[] = [];
  let isOurs = file.bytes.length === 0;
  for (const { fields, line } of controlParagraphs(text.value)) {
    isOurs ||= fields.has('package') || fields.has('status');
    if (isOurs) addPackage(fields, line, installed, log);
  }
  if (!isOurs) {
    log.error('not-this-format', 'The file has no paragraph with Package as a status of dpkg has.');
    return unread(...log.problems());
  }
  if (!file.path.includes('/opkg/')) return installedSystem(installed, { type: 'deb', root: rootBefore(file.path, place), neighbours, log });
  return inventoryOf(installed, (name, version, more) => packageOf(null, name, version, { purl: ownPurl('opkg', name, version), ...more }), log);
}

/** States in which the files of a package are there. One without a state is in `status.d`, which lists nothing else. */
const isThere: ReadonlySet<string> = new Set(['installed', 'unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending']);

function addPackage(fields: ReadonlyMap<string, string>, line: number, installed: InstalledPackage[], log: ProblemLog): void {
  const state = fields.get('status')?.split(/\s+/).at(-1);
  if (state !== undefined && !isThere.has(state)) return;
  const [name, version] = [filledText(fields.get('package')), filledText(fields.get('version'))];
  if (name === null || version === null) {
    log.error('bad-package', `${name === null ? 'An entry' : quoted(name)} has no ${name === null ? 'name' : 'version'}; it was left out.`, { line });
    return;
  }
  const licence = filledText(fields.get('license'));
  installed.push({
    name,
    version,
    licences: licence === null ? [] : [licence.slice(0, 500)],
    source: sourceOf(fields.get('source') ?? ''),
    provides: namesIn(fields.get('provides')).flat(),
    needs: [...namesIn(fields.get('pre-depends')), ...namesIn(fields.get('depends'))],
  });
}

/** `openssl`, or `glibc (2.36-9)` where its version is not that of the package. */
function sourceOf(text: string): SourcePackage | null {
  const [, name, version] = /^([^\s()]+)(?:\s+\(([^\s()]+)\))?$/.exec(text.trim()) ?? [];
  return name === undefined ? null : { name, version: version ?? null };
}

/** `libc6 (>= 2.34), default-mta | mail-transport-agent, python3:any` as lists of names of which one is enough. */
function namesIn(text: string | undefined): readonly (readonly string[])[] {
  return (text ?? '').split(',').map((each) => each.split('|').flatMap((one) => /^\s*([a-z0-9][a-z0-9+.-]*)/i.exec(one)?.[1] ?? []));
}
