import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { readBeamTerms, type BeamTerm } from '#language/readers/beam-terms.ts';
import { filledText } from './shared/filled-text.ts';
import { hexPackage } from './shared/hex-package.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';
import { takenFrom } from './shared/taken-from.ts';

/** The lockfile of Elixir's Mix. */
export const mixLock: Format = {
  id: 'mix-lock',
  version: 1,
  title: 'mix.lock',
  kind: 'lockfile',
  ecosystems: ['Hex'],
  family: 'mix',
  spec: 'https://hexdocs.pm/mix/Mix.Tasks.Deps.html',
  reads: 'Locked packages of Hex and its organisations with edges and hashes, and what comes from Git, by its commit.',
  cannotSee: 'What is asked for directly, and for which environment: mix.exs is a program. Elixir and Erlang themselves; licences.',
  matchesPath: (path) => /(?:^|\/)mix\.lock$/.test(path),
  parse: (file) => readDocument(file, readBeamTerms, fillMixLock),
};

function fillMixLock(terms: readonly BeamTerm[], list: PackageList, log: ProblemLog): void {
  const [entries] = terms;
  if (entries === undefined || typeof entries === 'string') {
    log.error('not-this-format', 'The file is not a map, as mix.lock is.');
    return;
  }
  const indexes = new Map<string, number>();
  const uses: (readonly [from: number, used: BeamTerm | undefined])[] = [];
  for (const entry of entries) {
    const key = filledText(entry[0]);
    const place = typeof entry === 'string' ? undefined : entry[1];
    const [kind, second, version, hash, , used, repository] = place === undefined || typeof place === 'string' ? [] : place;
    const known = filledText(version);
    if (kind === 'path') continue; // the firm's own
    if (typeof entry === 'string' || key === null || known === null) {
      log.error('bad-package', `The entry ${quoted(key ?? '')} is no package with a version or a commit; it was left out.`);
      continue;
    }
    if (kind !== 'hex') {
      // What comes from Git has no version, only a commit.
      const pkg = packageOf('Hex', key, null, { range: known, ...takenFrom(filledText(second)), hashed: true });
      indexes.set(key, list.add(`${key} ${known}`, pkg));
      continue;
    }
    const name = filledText(second) ?? key;
    const pkg = hexPackage(name, known, filledText(repository), filledText(hash) !== null);
    const index = list.add(`${name} ${known}`, pkg);
    indexes.set(key, index);
    uses.push([index, used]);
  }
  for (const [from, used] of uses) {
    for (const each of typeof used === 'string' ? [] : (used ?? [])) {
      const to = indexes.get(filledText(each[0]) ?? '');
      if (to !== undefined) list.link(from, to);
    }
  }
}
