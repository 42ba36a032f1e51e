import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { filledText } from './shared/filled-text.ts';
import { gitPlace } from './shared/git-place.ts';
import { ownPurl } from './shared/own-purl.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of the Swift package manager, versions 1 to 3. */
export const packageResolved: Format = {
  id: 'package-resolved',
  version: 1,
  title: 'Package.resolved',
  kind: 'lockfile',
  ecosystems: ['SwiftURL'],
  family: 'swift',
  spec: 'https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/resolvingpackageversions',
  reads: 'Versions 1 to 3: packages from Git, by the address of their repository, and from registries, with the version or, without one, the commit.',
  cannotSee: 'Which package uses which and which are asked for directly: Package.swift is a program. Targets for tests only; licences.',
  matchesPath: (path) => /(?:^|\/)Package\.resolved$/.test(path),
  parse: (file) => readDocument(file, readJson, fillPackageResolved),
};

function fillPackageResolved(document: unknown, list: PackageList, log: ProblemLog): void {
  const root = asObject(document);
  const pins = asObject(root?.['object'])?.['pins'] ?? root?.['pins'];
  if (!Array.isArray(pins)) {
    log.error('not-this-format', 'The file has no `pins` as Package.resolved has.');
    return;
  }
  for (const [at, value] of asArray(pins).entries()) {
    const pin = asObject(value) ?? {};
    const state = asObject(pin['state']) ?? {};
    const version = filledText(state['version']) ?? filledText(state['revision']);
    const location = filledText(pin['location']) ?? filledText(pin['repositoryURL']);
    const identity = filledText(pin['identity']) ?? filledText(pin['package']);
    if (pin['kind'] === 'localSourceControl') continue; // the firm's own
    const name = (location === null ? null : gitPlace(location)) ?? identity;
    if (name === null || version === null) {
      log.error('bad-package', `Pin ${String(at + 1)} (${quoted(identity ?? location ?? '')}) has no place or no version; it was left out.`);
      continue;
    }
    const hashed = asString(state['revision']) !== null;
    // A registry's packages are `scope.name`: OSV knows packages by their repository only.
    const pkg = name.includes('/')
      ? packageOf('SwiftURL', name, version, { ...takenFrom(location), hashed })
      : packageOf(null, name, version, { purl: ownPurl('generic', name, version), hashed });
    list.add(`${name.toLowerCase()} ${version}`, pkg);
  }
}
