import type { Format, InputFile, Neighbours } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { installedSystem, rootBefore, type InstalledPackage } from './shared/installed-system.ts';
import { problemLog } from './shared/problem-log.ts';
import { rpmHeadersIn } from './shared/rpm-databases.ts';
import { rpmHeader, type RpmHeader } from './shared/rpm-header.ts';
import { sourceOfRpm } from './shared/source-packages.ts';

const place = /(?:^|\/)(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/(?:Packages|Packages\.db|rpmdb\.sqlite)$/;

/** What is installed on a system with RPM. */
export const rpmDb: Format = {
  id: 'rpm-db',
  version: 1,
  title: 'RPM database',
  kind: 'lockfile',
  ecosystems: ['AlmaLinux', 'Azure Linux', 'Mageia', 'openEuler', 'openSUSE', 'Photon OS', 'Red Hat', 'Rocky Linux', 'SUSE'],
  family: 'rpm',
  isInstalled: true,
  spec: 'https://rpm-software-management.github.io/rpm/manual/',
  reads:
    'Installed packages with epoch, licence, the source package that each was built from, and edges, from `rpmdb.sqlite`, `Packages.db` (NDB) and `Packages` (Berkeley DB). The release is that of os-release.',
  cannotSee:
    'What was asked for directly; files that no package brought; what stands in a write-ahead log only. Keys (`gpg-pubkey`) are no packages.',
  matchesPath: (path) => place.test(path),
  parse: readDatabase,
};

function readDatabase(file: InputFile, neighbours: Neighbours): ReadingResult {
  const log = problemLog(file.path);
  const headers = rpmHeadersIn(file.bytes);
  if (!headers.ok) {
    log.unreadable(headers.error);
    return unread(...log.problems());
  }
  if (file.path.endsWith('.sqlite') && (neighbours.read(`${file.path}-wal`)?.length ?? 0) > 0)
    log.warning(
      'unfinished',
      'A write-ahead log lies beside the database, so that the last changes may be missing. Run rpm --rebuilddb in the image.',
    );
  const installed: InstalledPackage[] = [];
  let damaged = 0;
  for (const bytes of headers.value) {
    const header = rpmHeader(bytes);
    if (header === null) damaged += 1;
    else if (header.name !== 'gpg-pubkey') installed.push(packageIn(header));
  }
  if (damaged > 0) log.error('bad-package', `${String(damaged)} entries of the database are no headers of packages; they were left out.`);
  return installedSystem(installed, { type: 'rpm', root: rootBefore(file.path, place), neighbours, log });
}

function packageIn({ name, version, release, epoch, licence, source, provides, requires }: RpmHeader): InstalledPackage {
  return {
    name,
    version: `${epoch === null || epoch === 0 ? '' : `${String(epoch)}:`}${version}-${release}`,
    licences: licence === null || licence === '' ? [] : [licence.slice(0, 500)],
    source: source === null ? null : sourceOfRpm(source),
    provides,
    needs: requires.map((each) => [each]),
  };
}
