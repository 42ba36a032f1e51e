import { coversEcosystem } from '#language/ecosystem-scope.ts';
import { compileAffected } from '#language/osv-range.ts';
import { packageKey } from '#language/package-key.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { AffectedPackage } from '#model/advisory.ts';
import { judgePackage } from './judge-package.ts';
import type { RecordVersion } from './match-timeline.ts';

/** A record's versions as far as one package is concerned, ready to judge. An empty version is one known only as a range. */
export function recordVersions(
  versions: readonly { readonly at: number; readonly withdrawn: boolean; readonly affected: readonly AffectedPackage[] }[],
  ecosystem: string,
  nameKey: string,
): readonly RecordVersion[] {
  return versions.map(({ at, withdrawn, affected }) => {
    const named = withdrawn ? [] : affected.filter((each) => namesPackage(each, ecosystem, nameKey));
    const compiled = named.map((each) => compileAffected(each, schemeOf(each.ecosystem)));
    return { at, withdrawn, judge: (version) => judgePackage(compiled, version === '' ? null : version) };
  });
}

/** Whether an entry is about a package of an ecosystem, suffixes of the ecosystem considered. */
export function namesPackage(affected: AffectedPackage, ecosystem: string, nameKey: string): boolean {
  return coversEcosystem(affected.ecosystem, ecosystem) && packageKey(affected.ecosystem, affected.name) === nameKey;
}
