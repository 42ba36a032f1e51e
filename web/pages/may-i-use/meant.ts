import { parsePurl, printPurl, purlOf } from '#language/purl.ts';

/** Which package somebody means who types a name or a purl. */
export type Meant =
  | { readonly kind: 'one'; readonly purl: string }
  /** Packages of this name in use here. */
  | { readonly kind: 'several'; readonly purls: readonly string[] }
  /** Nobody here uses a package of this name: where it comes from, by ecosystem. */
  | { readonly kind: 'not-here'; readonly purls: readonly (readonly [ecosystem: string, purl: string])[] }
  | { readonly kind: 'no-purl' };

/** A package in use, as the search finds it: its name and its purl without version. */
export type Known = { readonly title: string; readonly detail: string };

const ecosystems = ['npm', 'PyPI', 'Maven', 'crates.io', 'NuGet', 'RubyGems', 'Go', 'Packagist'] as const;

/** Which package is meant by a text, `name`, `name@version` or a purl; a version given beside it comes before one in it. */
export function meantBy(text: string, version: string, known: readonly Known[]): Meant {
  const trimmed = text.trim();
  if (/^pkg:/i.test(trimmed)) {
    const purl = withVersion(trimmed, version);
    return purl === null ? { kind: 'no-purl' } : { kind: 'one', purl };
  }
  const asked = nameAndVersion(trimmed);
  const wanted = version === '' ? asked.version : version;
  const here = known
    .filter((each) => each.title.toLowerCase() === asked.name.toLowerCase())
    .flatMap((each) => withVersion(each.detail, wanted) ?? []);
  const [first, ...others] = here;
  if (first !== undefined) return others.length === 0 ? { kind: 'one', purl: first } : { kind: 'several', purls: here };
  const elsewhere = ecosystems.flatMap((ecosystem) => {
    const purl = purlOf(ecosystem, asked.name, wanted === '' ? null : wanted);
    return purl === null ? [] : [[ecosystem, purl] as const];
  });
  return elsewhere.length === 0 ? { kind: 'no-purl' } : { kind: 'not-here', purls: elsewhere };
}

/** What is looked for among the packages in use: the name without its version. */
export function nameAndVersion(text: string): { readonly name: string; readonly version: string } {
  const at = text.lastIndexOf('@');
  return at > 0 ? { name: text.slice(0, at), version: text.slice(at + 1) } : { name: text, version: '' };
}

function withVersion(text: string, version: string): string | null {
  const parts = parsePurl(text);
  return parts === null ? null : printPurl(version === '' ? parts : { ...parts, version });
}
