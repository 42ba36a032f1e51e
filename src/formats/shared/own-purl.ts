import { printPurl, type Purl } from '#language/purl.ts';

/**
 * The purl of a package whose ecosystem OSV does not name. The name is divided at its last `/` into namespace and name where `isDivided`;
 * empty qualifiers are left out. Null when the parts make none.
 */
export function ownPurl(
  type: string,
  name: string,
  version: string | null,
  { isDivided = false, qualifiers = {} }: { readonly isDivided?: boolean; readonly qualifiers?: Readonly<Record<string, string | null>> } = {},
): Purl | null {
  const slash = isDivided ? name.lastIndexOf('/') : -1;
  return printPurl({
    type,
    namespace: slash === -1 ? null : name.slice(0, slash),
    name: name.slice(slash + 1),
    version,
    qualifiers: new Map(Object.entries(qualifiers).map(([key, value]) => [key, value ?? ''])),
    subpath: null,
  });
}
