import { distributionTypes, ecosystemOfDistribution, placeOfDistribution, type DistributionPlace } from './distributions.ts';
import { purlType } from './purl-types.ts';

/** Canonical package URL, e.g. `pkg:npm/%40acme/ui@1.2.3`. Only `printPurl` and what calls it make one. */
export type Purl = string & { readonly __brand: 'Purl' };

/** The parts of a package URL, decoded. Null means absent. */
export type PurlParts = {
  readonly type: string;
  /** Segments joined by `/`. */
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: ReadonlyMap<string, string>;
  readonly subpath: string | null;
};

/** What a purl names in OSV's words, with its canonical form. */
export type PurlPackage = { readonly ecosystem: string | null; readonly name: string; readonly version: string | null; readonly purl: Purl };

/** Longer text is no purl. */
const maxLength = 4096;

const noQualifiers: ReadonlyMap<string, string> = new Map();

/** The parts of a purl, normalised as its type asks, or null when it is none. https://github.com/package-url/purl-spec */
export function parsePurl(text: string): PurlParts | null {
  if (text.length > maxLength) return null;
  const [beforeSubpath, subpathText] = splitAtLast(text, '#');
  const [beforeQualifiers, qualifierText] = splitAtLast(beforeSubpath, '?');
  const scheme = /^pkg:\/*/i.exec(beforeQualifiers);
  if (scheme === null) return null;
  const path = beforeQualifiers.slice(scheme[0].length).replace(/\/+$/, '');
  const slash = path.indexOf('/');
  if (slash === -1) return null;
  const [place, versionText] = splitVersion(path.slice(slash + 1));
  const segments = place.split('/');
  const name = decoded(segments.pop() ?? '');
  const namespace = segments.filter((segment) => segment !== '').map(decoded);
  const version = versionText === null ? null : decoded(versionText);
  const qualifiers = qualifierText === null ? noQualifiers : parseQualifiers(qualifierText);
  const subpath = subpathText === null ? [] : subpathText.split('/').filter(isRealSegment).map(decoded);
  if (name === null || namespace.some((segment) => segment === null || segment.includes('/')) || subpath.includes(null)) return null;
  if (qualifiers === null || (version === null && versionText !== null)) return null;
  return normalised({
    type: path.slice(0, slash),
    namespace: namespace.join('/'),
    name,
    version,
    qualifiers,
    subpath: subpath.join('/'),
  });
}

/** The canonical purl of the parts, or null when they do not make one: a wrong type, no name, a namespace where none may be. */
export function printPurl(parts: PurlParts): Purl | null {
  const whole = normalised(parts);
  if (whole === null) return null;
  const { type, namespace, name, version, qualifiers, subpath } = whole;
  const place = namespace === null ? '' : `${encodedPath(namespace)}/`;
  const written = [...qualifiers].map(([key, value]) => `${key}=${encoded(value)}`).join('&');
  return `pkg:${type}/${place}${type === 'git' ? encodedPath(name) : encoded(name)}${version === null ? '' : `@${encoded(version)}`}${
    written === '' ? '' : `?${written}`
  }${subpath === null ? '' : `#${encodedPath(subpath)}`}` as Purl;
}

/** The canonical form of a purl as written, or null when it is none. */
export function canonicalPurl(text: string): Purl | null {
  const parts = parsePurl(text);
  return parts === null ? null : printPurl(parts);
}

/**
 * The purl of a package by its OSV ecosystem (suffix allowed) and its name in the ecosystem's full form: `@scope/name`, `group:artifact`,
 * module path, `vendor/name`. A null version gives the package's purl; the release of a distribution stands in its `distro` qualifier, an RPM's epoch in
 * `epoch`. Null when the ecosystem has no purl type, or the name does not fit it.
 */
export function purlOf(ecosystem: string, name: string, version: string | null): Purl | null {
  const colon = ecosystem.indexOf(':');
  const place = placeOfEcosystem.get(colon === -1 ? ecosystem : ecosystem.slice(0, colon));
  if (place === undefined || distributionTypes.has(place.type)) {
    const distribution = placeOfDistribution(ecosystem);
    if (distribution !== null) return distributionPurl(distribution, name, version);
  }
  if (place === undefined) return null;
  const separator = place.separator === undefined ? -1 : name.lastIndexOf(place.separator);
  const isPython = place.type === 'pypi';
  return printPurl({
    type: place.type,
    namespace: place.namespace ?? (separator === -1 ? null : name.slice(0, separator)),
    name: isPython ? name.replace(/[-_.]+/g, '-') : name.slice(separator + 1),
    // Go's versions bear a `v`, which our readings leave out.
    version: place.type === 'golang' && version !== null && /^\d/.test(version) ? `v${version}` : version,
    qualifiers: noQualifiers,
    subpath: null,
  });
}

/**
 * The package a purl names, as OSV spells ecosystem and name. The ecosystem is null when OSV has none for the type
 * (the name then is the purl's path), the version when there is none. A distribution's has the release that the `distro` qualifier proves,
 * and an RPM's version begins with its epoch. Null when the text is no purl.
 */
export function packageOfPurl(text: string): PurlPackage | null {
  const parts = parsePurl(text);
  const purl = parts === null ? null : printPurl(parts);
  if (parts === null || purl === null) return null;
  const { type, namespace, name, version } = parts;
  if (distributionTypes.has(type)) {
    const ecosystem = ecosystemOfDistribution(type, namespace, parts.qualifiers.get('distro') ?? null);
    if (ecosystem !== null) return { ecosystem, name, version: versionWithEpoch(parts), purl };
  }
  const place = places.find((each) => each.type === type && (each.namespace === undefined || each.namespace === namespace));
  const path = namespace === null ? name : `${namespace}${place?.separator ?? '/'}${name}`;
  if (place === undefined) return { ecosystem: null, name: path, version, purl };
  const plain = type === 'golang' && version !== null ? version.replace(/^v(?=\d)/, '') : version;
  return { ecosystem: place.ecosystem, name: place.namespace === undefined ? path : name, version: plain, purl };
}

function distributionPurl({ type, namespace, distro }: DistributionPlace, name: string, version: string | null): Purl | null {
  const [, epoch = '', rest = null] = /^(?:(\d+):)?(.*)$/s.exec(version ?? '') ?? [];
  const isRpm = type === 'rpm' && version !== null;
  return printPurl({
    ...{ type, namespace, name, subpath: null },
    version: isRpm ? rest : version,
    qualifiers: new Map([
      ['distro', distro ?? ''],
      ['epoch', isRpm && epoch !== '0' ? epoch : ''],
    ]),
  });
}

/**
 * The version that a purl names. RPM's purls keep the epoch apart, and it comes first in the order.
 * https://github.com/package-url/purl-spec/blob/main/types-doc/rpm-definition.md
 */
export function versionWithEpoch({ type, version, qualifiers }: PurlParts): string | null {
  const epoch = qualifiers.get('epoch') ?? '';
  return type === 'rpm' && version !== null && /^[1-9]\d{0,9}$/.test(epoch) ? `${epoch}:${version}` : version;
}

/** Where an ecosystem's packages are among purls. `separator` divides namespace from name; `namespace` is fixed for distributions. */
type Place = { readonly ecosystem: string; readonly type: string; readonly separator?: string; readonly namespace?: string };

const places: readonly Place[] = [
  { ecosystem: 'npm', type: 'npm', separator: '/' },
  { ecosystem: 'PyPI', type: 'pypi' },
  { ecosystem: 'Maven', type: 'maven', separator: ':' },
  { ecosystem: 'Go', type: 'golang', separator: '/' },
  { ecosystem: 'crates.io', type: 'cargo' },
  { ecosystem: 'RubyGems', type: 'gem' },
  { ecosystem: 'NuGet', type: 'nuget' },
  { ecosystem: 'Packagist', type: 'composer', separator: '/' },
  { ecosystem: 'Hex', type: 'hex', separator: '/' },
  { ecosystem: 'Pub', type: 'pub' },
  { ecosystem: 'Hackage', type: 'hackage' },
  { ecosystem: 'CRAN', type: 'cran' },
  { ecosystem: 'ConanCenter', type: 'conan', separator: '/' },
  { ecosystem: 'SwiftURL', type: 'swift', separator: '/' },
  { ecosystem: 'GitHub Actions', type: 'githubactions', separator: '/' },
  { ecosystem: 'Julia', type: 'julia' },
  { ecosystem: 'Bitnami', type: 'bitnami' },
  { ecosystem: 'opam', type: 'opam' },
  { ecosystem: 'Debian', type: 'deb', namespace: 'debian' },
  { ecosystem: 'Ubuntu', type: 'deb', namespace: 'ubuntu' },
  { ecosystem: 'Alpine', type: 'apk', namespace: 'alpine' },
];

const placeOfEcosystem: ReadonlyMap<string, Place> = new Map(places.map((place) => [place.ecosystem, place]));

/** The parts as their type wants them, or null when they break a rule. */
function normalised(parts: PurlParts): PurlParts | null {
  const type = parts.type.toLowerCase();
  if (!/^[a-z][a-z0-9.+-]*$/.test(type)) return null;
  const rule = purlType(type);
  const cased = (part: 'namespace' | 'name' | 'version', text: string) => (rule.lower?.includes(part) === true ? text.toLowerCase() : text);
  const [namespaceText, nameText] = type === 'git' ? ownerInName(parts) : [trimmedPath(parts.namespace), parts.name];
  const namespace = cased('namespace', namespaceText);
  const name = renamed(type, cased('name', nameText), parts.qualifiers);
  const version = parts.version === null || parts.version === '' ? null : cased('version', parts.version);
  const qualifiers = normalisedQualifiers(parts.qualifiers);
  const subpath = parts.subpath === null ? '' : parts.subpath.split('/').filter(isRealSegment).join('/');
  if (name === '' || (namespace === '' && rule.namespace === 'required') || (namespace !== '' && rule.namespace === 'prohibited')) return null;
  if (rule.namePattern?.test(name) === false || (version !== null && rule.versionPattern?.test(version) === false)) return null;
  if (qualifiers === null || (rule.needs !== undefined && !qualifiers.has(rule.needs))) return null;
  return {
    type,
    namespace: namespace === '' ? null : namespace,
    name,
    version,
    qualifiers,
    subpath: subpath === '' ? null : subpath,
  };
}

/** In order of their keys, which are of small letters; null when a key cannot be one. Most purls have none. */
function normalisedQualifiers(written: ReadonlyMap<string, string>): ReadonlyMap<string, string> | null {
  if (written.size === 0) return noQualifiers;
  const qualifiers = [...written].filter(([, value]) => value !== '').map(([key, value]): [string, string] => [key.toLowerCase(), value]);
  if (!qualifiers.every(([key]) => /^[a-z][a-z0-9._-]*$/.test(key))) return null;
  return new Map(qualifiers.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a type makes of its names beyond their case. */
function renamed(type: string, name: string, qualifiers: ReadonlyMap<string, string>): string {
  if (type === 'pypi') return name.replaceAll('_', '-');
  if (type === 'pub') return name.replace(/[^a-z0-9_]/g, '_');
  // Only Databricks' registry ignores case.
  if (type === 'mlflow' && /databricks/i.test(qualifiers.get('repository_url') ?? '')) return name.toLowerCase();
  return name;
}

/** A `git` purl's namespace is the host alone; the rest of the path is the repository's name. */
function ownerInName({ namespace, name }: PurlParts): [namespace: string, name: string] {
  const [host = '', ...path] = trimmedPath(namespace).split('/');
  return [host, [...path, name].join('/')];
}

function trimmedPath(path: string | null): string {
  if (path === null || !path.includes('/')) return path ?? '';
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .join('/');
}

function isRealSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..';
}

/** The version stands after the last `@`, unless that begins a scope: `@acme/ui` has none. */
function splitVersion(text: string): [place: string, version: string | null] {
  const at = text.lastIndexOf('@');
  const opensScope = (at === 0 || text[at - 1] === '/') && text.includes('/', at);
  return at === -1 || opensScope ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function splitAtLast(text: string, separator: string): [before: string, after: string | null] {
  const at = text.lastIndexOf(separator);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function parseQualifiers(text: string): ReadonlyMap<string, string> | null {
  const qualifiers = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const value = decoded(pair.slice(equals + 1));
    const key = pair.slice(0, equals).toLowerCase();
    if (equals === -1 || value === null || qualifiers.has(key)) return null;
    qualifiers.set(key, value);
  }
  return qualifiers;
}

/** The text with its percent-encoding undone, or null when that is broken. */
function decoded(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Percent-encoded but for letters, digits, `.-_~` and the colon. */
function encoded(text: string): string {
  if (/^[A-Za-z0-9._~:-]*$/.test(text)) return text;
  return encodeURIComponent(text.toWellFormed())
    .replaceAll('%3A', ':')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function encodedPath(path: string): string {
  return path.split('/').map(encoded).join('/');
}
