import { quoted } from '#model/problem.ts';
import { asObject, asString } from '#language/readers/json.ts';
import type { PackageList } from './package-list.ts';
import { packageOf } from './package-of.ts';
import type { ProblemLog } from './problem-log.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the build of a .NET project wrote down: libraries by `Name/Version`, and by framework which of them are used and what they need. */
export type NugetTargets = {
  readonly libraries: Json;
  readonly targets: readonly Json[];
  /** Lower-cased names that the project asks for; null when the file does not say. */
  readonly asked: ReadonlySet<string> | null;
  /** Whether a target's entry counts as use. */
  isUsed(entry: Json): boolean;
};

/** Adds every package that a target uses, and those that no target names: what cannot be told is listed. Edges stay within a target: each resolves its own versions. */
export function fillNugetTargets({ libraries, targets, asked, isUsed }: NugetTargets, list: PackageList, log: ProblemLog): void {
  const placed = new Set(targets.flatMap((target) => Object.keys(target)));
  const unplaced: Json = Object.fromEntries(Object.entries(libraries).filter(([key]) => !placed.has(key)));
  for (const target of [...targets, unplaced]) {
    const indexes = new Map<string, number>();
    for (const [key, value] of Object.entries(target)) {
      const entry = asObject(value) ?? {};
      const library = Object.hasOwn(libraries, key) ? (asObject(libraries[key]) ?? {}) : {};
      const type = asString(library['type']) ?? asString(entry['type']) ?? 'package';
      if (type !== 'package' || (target !== unplaced && !isUsed(entry))) continue; // projects are the firm's own
      const slash = key.indexOf('/');
      const [name, version] = [key.slice(0, slash).trim(), key.slice(slash + 1).trim()];
      if (slash < 1 || name === '' || version === '') {
        log.error('bad-package', `The key ${quoted(key)} is no package with a version; it was left out.`);
        continue;
      }
      const isAsked = asked === null ? null : asked.has(name.toLowerCase());
      const pkg = packageOf('NuGet', name, version, { direct: isAsked, hashed: (asString(library['sha512']) ?? '') !== '' });
      indexes.set(name.toLowerCase(), list.add(`${name.toLowerCase()} ${version}`, pkg));
    }
    for (const [key, value] of Object.entries(target)) {
      const from = indexes.get(key.slice(0, Math.max(0, key.indexOf('/'))).toLowerCase());
      for (const used of Object.keys(asObject(asObject(value)?.['dependencies']) ?? {})) {
        const to = indexes.get(used.toLowerCase());
        if (from !== undefined && to !== undefined) list.link(from, to);
      }
    }
  }
}
