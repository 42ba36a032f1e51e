import { packageOfPurl, parsePurl, printPurl, purlOf } from '../purl.ts';
import { schemeOf } from '../scheme-of.ts';
import { printVers } from '../vers.ts';

/** A package by its purl without version, and the versions of it that are meant; null means whatever version. */
export type MeantPackage = { readonly purl: string; readonly range: string | null };

/** The packages that purls mean, those of one package taken together, in order. What is no purl is left out. */
export function meantPackages(purls: readonly string[]): readonly MeantPackage[] {
  const versions = new Map<string, Set<string> | null>();
  for (const text of purls) {
    const [parts, named] = [parsePurl(text), packageOfPurl(text)];
    if (parts === null || named === null) continue;
    const plain = named.ecosystem === null ? null : purlOf(named.ecosystem, named.name, null);
    const purl = plain ?? printPurl({ ...parts, version: null, qualifiers: new Map(), subpath: null });
    if (purl === null) continue;
    const known = versions.get(purl);
    if (named.version === null || known === null) versions.set(purl, null);
    else versions.set(purl, (known ?? new Set()).add(named.version));
  }
  return [...versions].flatMap(([purl, set]): readonly MeantPackage[] => {
    if (set === null) return [{ purl, range: null }];
    const scheme = schemeOf(packageOfPurl(purl)?.ecosystem ?? '');
    if (scheme === null) return [...set].map((range) => ({ purl, range }));
    return [{ purl, range: printVers({ type: scheme.id, constraints: [...set].sort().map((version) => ({ operator: '=', version })) }) }];
  });
}
