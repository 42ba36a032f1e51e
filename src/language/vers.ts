import type { Comparator, ParsedVersion, VersionRange, VersionScheme } from './version-scheme.ts';
import { versionSchemes } from './versions/all.ts';

/** A version range specifier: `vers:npm/1.2.3|>=2.0.0|<5.0.0`. No constraints means `*`, every version. */
export type Vers = { readonly type: string; readonly constraints: readonly Comparator[] };

/** The specifier, or a sentence that says what is wrong with the text. */
export type VersRead = { readonly ok: true; readonly vers: Vers } | { readonly ok: false; readonly error: string };

/** Longer text is no specifier. */
const maxLength = 65_536;

/** Reads a specifier in canonical form only, as the specification asks of tools. https://github.com/package-url/vers-spec */
export function parseVers(text: string): VersRead {
  const read = readVers(text);
  if (!read.ok) return read;
  if (!/^vers:[a-z]/.test(text) || text.slice(5).split('/')[0] !== read.vers.type) return failure('scheme and type are not in lower case');
  if (/%(?!3E|3C|3D|21|2A|7C|25)/.test(text)) return failure('percent-encoding in version is not canonical');
  if (/\|=|\/=/.test(text)) return failure('an equal sign before a version is not permitted');
  return sequenceError(read.vers) ?? read;
}

/** Reads a specifier that need not be sorted or free of redundancy, since databases and people write such; the constraints come sorted. */
export function readVers(text: string): VersRead {
  if (text.length > maxLength) return failure('too long');
  if (/\s/.test(text)) return failure('whitespace is not permitted');
  const [, type, list] = /^vers:([a-z][a-z0-9.-]*)\/(.*)$/i.exec(text) ?? [];
  if (type === undefined || list === undefined) return failure('not of the form vers:type/constraints');
  if (list === '') return failure('there are no constraints');
  if (list === '*') return { ok: true, vers: { type: type.toLowerCase(), constraints: [] } };
  if (list.startsWith('|')) return failure('leading pipe is not permitted');
  if (list.endsWith('|')) return failure('trailing pipe is not permitted');
  if (list.includes('||')) return failure('consecutive pipes are not permitted');
  const constraints: Comparator[] = [];
  for (const written of list.split('|')) {
    const constraint = constraintOf(written);
    if (typeof constraint === 'string') return failure(constraint);
    constraints.push(constraint);
  }
  return { ok: true, vers: { type: type.toLowerCase(), constraints } };
}

/** The specifier as text, constraints in the order given. */
export function printVers({ type, constraints }: Vers): string {
  if (constraints.length === 0) return `vers:${type}/*`;
  const written = constraints.map(({ operator, version }) => `${operator === '=' ? '' : operator}${encoded(version)}`);
  return `vers:${type}/${written.join('|')}`;
}

/** The same constraints sorted by version; as they are when the type is unknown or a version is none of it. */
export function sortedVers(vers: Vers): Vers {
  const scheme = versScheme(vers.type);
  const parsed = scheme === null ? null : signposts(vers, scheme);
  return parsed === null ? vers : { type: vers.type, constraints: parsed.map(({ constraint }) => constraint) };
}

/** The set of versions a specifier describes, or null when its type is unknown or a version in it is none of the type. */
export function versRange(vers: Vers): VersionRange | null {
  if (vers.type === 'all' || vers.type === 'none') return { contains: () => vers.type === 'all', alternatives: null };
  const scheme = versScheme(vers.type);
  const posts = scheme === null ? null : signposts(vers, scheme);
  if (scheme === null || posts === null) return null;
  const points = posts.filter(({ constraint }) => constraint.operator === '=' || constraint.operator === '!=');
  const bounds = withoutRedundant(posts.filter((post) => !points.includes(post)));
  const otherwise = bounds.length === 0 && points.every(({ constraint }) => constraint.operator === '!=');
  return {
    alternatives: null,
    contains(text) {
      const version = scheme.parse(text);
      if (version === null) return false;
      const point = points.find((each) => scheme.order(version, each.version) === 0);
      if (point !== undefined) return point.constraint.operator === '=';
      return bounds.length === 0 ? otherwise : isBetween(version, bounds, scheme);
    },
  };
}

/** Names that `vers:` had before its types were those of purls, and that databases still write. */
const formerTypes: ReadonlyMap<string, string> = new Map([
  ['alpine', 'apk'],
  ['arch', 'alpm'],
  ['archlinux', 'alpm'],
  ['debian', 'deb'],
  ['ebuild', 'gentoo'],
  ['githubactions', 'github'],
  ['go', 'golang'],
  ['redhat', 'rpm'],
]);

/** The scheme of a `vers:` type, or null when this build has none. */
export function versScheme(type: string): VersionScheme | null {
  const id = formerTypes.get(type) ?? type;
  return versionSchemes.find((scheme) => scheme.id === id) ?? null;
}

/** A constraint with its version taken apart. */
type Signpost = { readonly constraint: Comparator; readonly version: ParsedVersion };

function constraintOf(written: string): Comparator | string {
  const [, operator = '', encodedVersion = ''] = /^(>=|<=|!=|<|>|=)?(.*)$/.exec(written) ?? [];
  if (encodedVersion === '') return 'a version is empty';
  if (/[<>=!*]/.test(encodedVersion)) return 'a version contains a character that must be percent-encoded';
  if (/%(?![0-9A-Fa-f]{2})/.test(encodedVersion)) return 'invalid percent-encoding in version';
  try {
    return { operator: operator === '' ? '=' : (operator as Comparator['operator']), version: decodeURIComponent(encodedVersion) };
  } catch {
    return 'invalid percent-encoding in version';
  }
}

function failure(what: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error: `non-canonical VERS: ${what}` };
}

/** What breaks the specification's rules on the order of versions and comparators; null when nothing does, or the type is unknown. */
function sequenceError(vers: Vers): VersRead | null {
  const scheme = versScheme(vers.type);
  const versions = vers.constraints.map(({ version }) => scheme?.parse(version) ?? null);
  let bound: Comparator['operator'] | null = null;
  for (const [at, { operator }] of vers.constraints.entries()) {
    const here = versions[at] ?? null;
    const before = at === 0 ? null : (versions[at - 1] ?? null);
    if (scheme !== null && here !== null && before !== null) {
      const sign = scheme.order(before, here);
      if (sign === 1) return failure('constraints are not sorted by version');
      if (sign === 0) return failure('a version is repeated');
    }
    if (operator === '!=') continue;
    if (bound !== null && !mayFollow(bound, operator)) return failure(`${operator} cannot follow ${bound}`);
    bound = operator;
  }
  return null;
}

function mayFollow(before: Comparator['operator'], after: Comparator['operator']): boolean {
  const closes = after === '<' || after === '<=';
  return before === '>' || before === '>=' ? closes : !closes;
}

function signposts({ constraints }: Vers, scheme: VersionScheme): Signpost[] | null {
  const posts: Signpost[] = [];
  for (const constraint of constraints) {
    const version = scheme.parse(constraint.version);
    if (version === null) return null;
    posts.push({ constraint, version });
  }
  return posts.sort((a, b) => scheme.order(a.version, b.version));
}

/** Sorted bounds reduced to an alternation: of several openings in a row the first counts, of several closings the last. */
function withoutRedundant(bounds: readonly Signpost[]): Signpost[] {
  return bounds.filter((bound, at) => {
    const neighbour = bounds[opens(bound) ? at - 1 : at + 1];
    return neighbour === undefined || opens(neighbour) !== opens(bound);
  });
}

function opens({ constraint: { operator } }: Signpost): boolean {
  return operator === '>' || operator === '>=';
}

/** True when the version lies between an opening bound (or the beginning) and the closing one that follows (or the end). */
function isBetween(version: ParsedVersion, bounds: readonly Signpost[], scheme: VersionScheme): boolean {
  let inside = false;
  for (const [at, bound] of bounds.entries()) {
    const sign = scheme.order(version, bound.version);
    if (at === 0) inside = !opens(bound);
    if (sign < 0) return inside;
    if (sign === 0 && bound.constraint.operator.endsWith('=')) return true;
    inside = sign > 0 && opens(bound);
    if (sign === 0) return false;
  }
  return inside;
}

function encoded(version: string): string {
  return version.replace(/[<>=!*|%]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
