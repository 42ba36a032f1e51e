import type { Format } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { decodeText } from '#language/readers/decoded.ts';
import type { PackageList } from './shared/package-list.ts';
import { packageOf } from './shared/package-of.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { readDocument } from './shared/read-document.ts';

/** Cabal's lockfile. */
export const cabalFreeze: Format = {
  id: 'cabal-freeze',
  version: 1,
  title: 'cabal.project.freeze',
  kind: 'lockfile',
  ecosystems: ['Hackage'],
  family: 'cabal',
  spec: 'https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-freeze',
  reads: 'Packages that a constraint pins to one version.',
  cannotSee: 'Which package uses which and which are asked for directly; flags; GHC; licences.',
  matchesPath: (path) => /(?:^|\/)cabal(?:\.project(?:\.[^/]+)?\.freeze|\.project\.freeze|\.config)$/.test(path),
  parse: (file) => readDocument(file, decodeText, fillCabalFreeze),
};

function fillCabalFreeze(text: string, list: PackageList, log: ProblemLog): void {
  let isConstraint = false;
  let hasConstraints = false;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '' || raw.trimStart().startsWith('--')) continue;
    const field = /^([a-z-]+):/i.exec(raw)?.[1]?.toLowerCase();
    if (field !== undefined) isConstraint = field === 'constraints';
    else if (/^\S/.test(raw)) isConstraint = false;
    hasConstraints ||= isConstraint;
    if (!isConstraint) continue;
    for (const part of raw.slice(field === undefined ? 0 : field.length + 1).split(',')) readConstraint(part.trim(), at + 1, list, log);
  }
  if (!hasConstraints) log.error('not-this-format', 'The file has no `constraints` as cabal.project.freeze has.');
}

/** `any.text ==2.1.1`; one of flags (`text +simdutf`) pins no version. */
function readConstraint(part: string, line: number, list: PackageList, log: ProblemLog): void {
  if (part === '' || /^\S+ [+-]/.test(part)) return;
  const [, name, version] = /^(?:any\.|setup\.|\w+:setup\.)?([\w-]+) ?== ?([0-9.]+)$/.exec(part) ?? [];
  if (name === undefined || version === undefined) {
    if (!/^\S+ (?:source|installed|test|bench)$/.test(part)) log.warning('no-version', `The constraint ${quoted(part)} pins no version.`, { line });
    return;
  }
  list.add(`${name} ${version}`, packageOf('Hackage', name, version));
}
