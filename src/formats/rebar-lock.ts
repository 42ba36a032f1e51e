import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { readBeamTerms, type BeamTerm } from '#language/readers/beam-terms.ts';
import { filledText } from './shared/filled-text.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of Erlang's Rebar. */
export const rebarLock: Format = {
  id: 'rebar-lock',
  version: 1,
  title: 'rebar.lock',
  kind: 'lockfile',
  ecosystems: ['Hex'],
  family: 'rebar',
  spec: 'https://rebar3.org/docs/configuration/dependencies/#lock-files',
  reads: 'Locked packages of Hex with their hashes, what comes from Git by its commit, and which of them the project asks for itself.',
  cannotSee: 'Which package uses which: the file has levels, no edges. Dependencies of profiles such as test, which are not locked; licences.',
  matchesPath: (path) => /(?:^|\/)rebar\.lock$/.test(path),
  parse: (file) => readDocument(file, readBeamTerms, fillRebarLock),
};

function fillRebarLock([first, second]: readonly BeamTerm[], list: PackageList, log: ProblemLog): void {
  // Since version 1.1.0 the list is the second of a pair with the version, and hashes follow.
  const versioned = typeof first !== 'string' && typeof first?.[0] === 'string' ? first[1] : first;
  if (versioned === undefined || typeof versioned === 'string') {
    log.error('not-this-format', 'The file holds no list of packages, as rebar.lock does.');
    return;
  }
  const hashed = hashedNames(second);
  for (const entry of versioned) {
    const [name, place, level] = typeof entry === 'string' ? [] : entry;
    const [kind, source, version] = place === undefined || typeof place === 'string' ? [] : place;
    const [key, known] = [filledText(name), filledText(version)];
    const direct = level === '0';
    const commit = typeof version === 'string' ? null : filledText(version?.[1]);
    if (key !== null && kind === 'pkg' && known !== null) {
      const called = filledText(source) ?? key;
      list.add(`${called} ${known}`, packageOf('Hex', called, known, { direct, hashed: hashed.has(key) }));
    } else if (key !== null && commit !== null) {
      list.add(`${key} ${commit}`, packageOf('Hex', key, null, { range: commit, direct, ...takenFrom(filledText(source)), hashed: true }));
    } else log.error('bad-package', `The entry ${quoted(key ?? '')} is no package with a version or a commit; it was left out.`);
  }
}

/** Names in `[{pkg_hash, [{Name, Hash}]}]`. */
function hashedNames(term: BeamTerm | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const group of typeof term === 'string' ? [] : (term ?? [])) {
    const pairs = typeof group === 'string' ? undefined : group[1];
    for (const pair of typeof pairs === 'string' ? [] : (pairs ?? [])) {
      if (typeof pair !== 'string' && typeof pair[0] === 'string') names.add(pair[0]);
    }
  }
  return names;
}
