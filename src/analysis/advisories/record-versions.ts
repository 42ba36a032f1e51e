import { compileAffected, type CompiledAffected } from '#language/osv-range.ts';
import { packageKey } from '#language/package-key.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { AffectedPackage } from '#model/advisory.ts';
import type { Judgement, RecordVersion } from './match-timeline.ts';

/** A record's versions as far as one package is concerned, ready to judge. */
export function recordVersions(
  versions: readonly { readonly at: number; readonly withdrawn: boolean; readonly affected: readonly AffectedPackage[] }[],
  ecosystem: string,
  nameKey: string,
): readonly RecordVersion[] {
  return versions.map(({ at, withdrawn, affected }) => {
    const named = withdrawn ? [] : affected.filter((each) => names(each, ecosystem, nameKey));
    const compiled = named.map((each) => compileAffected(each, schemeOf(each.ecosystem)));
    return { at, withdrawn, judge: (version) => judgeAll(compiled, version) };
  });
}

/** True when an `affected` entry is about this package; its suffix, if the asker has none, does not matter. */
export function names(affected: AffectedPackage, ecosystem: string, nameKey: string): boolean {
  const base = affected.ecosystem.split(':')[0] ?? '';
  return (affected.ecosystem === ecosystem || base === ecosystem) && packageKey(affected.ecosystem, affected.name) === nameKey;
}

/** Affected by any entry is affected; unknown only where none is. An unresolved version is unknown. */
function judgeAll(compiled: readonly CompiledAffected[], version: string): Judgement | null {
  if (compiled.length === 0) return null;
  if (version === '') return { kind: 'unknown', by: 'range', range: '', fixedIn: null };
  let unknown: Judgement | null = null;
  for (const each of compiled) {
    const verdict = each.judge(version);
    if (verdict.kind === 'affected') return { kind: 'affected', by: verdict.by, range: verdict.range, fixedIn: verdict.fixed };
    if (verdict.kind === 'unknown') unknown = { kind: 'unknown', by: 'range', range: '', fixedIn: null };
  }
  return unknown;
}
