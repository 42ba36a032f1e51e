import type { RegistryAnswer, RegistryAsk, RegistryBytes, RegistryProtocol, RegistryVersion, Retraction } from '#model/registry.ts';
import { decodeText } from '../readers/decoded.ts';
import { asObject, readJson } from '../readers/json.ts';
import { notAnAnswer, refusedAnswer, releasedAt, repositoryUrl, saidText } from '../registry/answer-parts.ts';

const versionShape = /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+incompatible)?$/;

/** Go's module proxy. Versions are told without their leading v, as everywhere here. */
export const goProxy: RegistryProtocol = {
  id: 'go-proxy',
  version: 1,
  title: 'Go module proxy',
  ecosystem: 'Go',
  spec: 'https://go.dev/ref/mod#goproxy-protocol',
  reads:
    'Tagged versions, the latest one; of versions in use and the latest the date; what its newest go.mod retracts or deprecates; the repository.',
  cannotSee: 'Licences: Go has no field for them. Dates of versions that nobody uses.',
  base: 'https://proxy.golang.org',
  hosts: ['proxy.golang.org', 'sum.golang.org'],
  perSecond: 15,
  atOnce: 4,
  first: (name) => {
    const path = escapedPath(name);
    return path === null ? null : { part: 'package', of: '', path: `${path}/@v/list` };
  },
  about: (name, version) => infoOf(name, version),
  read: (answer) => {
    if (answer.part === 'package') return readList(answer);
    return answer.part === 'mod' ? readMod(answer) : readInfo(answer);
  },
};

/** https://go.dev/ref/mod#module-proxy: an upper-case letter is written as `!` and its lower case. Null for what is no module path. */
function escapedPath(name: string): string | null {
  const isPath =
    name.length <= 500 && /^[A-Za-z0-9][A-Za-z0-9.-]*(?:\/[A-Za-z0-9~_.-]+)*$/.test(name) && !name.split('/').some((each) => /^\.+$/.test(each));
  // The first part is a host; Go's own library is not a module.
  return isPath && (name.split('/')[0] ?? '').includes('.') ? escapedCase(name) : null;
}

function escapedCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

function infoOf(name: string, version: string): readonly RegistryAsk[] {
  const path = escapedPath(name);
  if (path === null || !versionShape.test(`v${version}`)) return [];
  return [{ part: 'version', of: version, path: `${path}/@v/v${escapedCase(version)}.info` }];
}

function readList({ name, bytes }: RegistryBytes): RegistryAnswer {
  const text = decodeText(bytes);
  if (!text.ok) return refusedAnswer(text.error);
  const lines = text.value.split('\n').filter((line) => line.trim() !== '');
  // Anything but versions is no list: a login page, say.
  if (lines.some((line) => !versionShape.test(line.trim()))) return notAnAnswer('a Go module proxy');
  const versions = lines.map((line): RegistryVersion => ({ version: line.trim().slice(1) }));
  const path = escapedPath(name) ?? '';
  return { versions, isWhole: versions.length > 0, asks: [{ part: 'latest', of: '', path: `${path}/@latest` }], problems: [] };
}

function readInfo({ name, part, of, bytes }: RegistryBytes): RegistryAnswer {
  const document = readJson(bytes);
  if (!document.ok) return refusedAnswer(document.error);
  const fields = asObject(document.value);
  const version = saidText(fields?.['Version']);
  if (fields === null || version === null || !versionShape.test(version)) return notAnAnswer('a Go module proxy');
  const plain = version.slice(1);
  const origin = repositoryUrl(asObject(fields['Origin'])?.['URL']) ?? repositoryOf(name);
  const mod = part === 'latest' ? [{ part: 'mod', of: plain, path: `${escapedPath(name) ?? ''}/@v/v${escapedCase(plain)}.mod` }] : [];
  return {
    // Under another spelling of the version, such as a branch, nothing is said of the one asked about.
    versions: part === 'latest' || plain === of ? [{ version: plain, ...releasedAt(fields['Time']) }] : [],
    isWhole: false,
    ...(part === 'latest' ? { latest: plain } : {}),
    ...(origin === null ? {} : { repository: origin }),
    asks: mod,
    problems: [],
  };
}

function repositoryOf(name: string): string | null {
  const found = /^((?:github|gitlab)\.com|bitbucket\.org)\/([\w.-]+)\/([\w.-]+)/.exec(name);
  return found === null ? null : `https://${found[1] ?? ''}/${found[2] ?? ''}/${found[3] ?? ''}`;
}

/** What the newest go.mod says of the module (https://go.dev/ref/mod#go-mod-file-retract). */
function readMod({ bytes }: RegistryBytes): RegistryAnswer {
  const text = decodeText(bytes);
  if (!text.ok) return refusedAnswer(text.error);
  const lines = text.value.split('\n').slice(0, 20_000);
  if (!lines.some((line) => /^module\s/.test(line.trim()))) return notAnAnswer('a Go module proxy');
  const deprecated = deprecationIn(lines);
  return {
    versions: [],
    isWhole: false,
    retracted: retractionsIn(lines),
    warning: deprecated === null ? null : { kind: 'deprecated', reason: deprecated },
    asks: [],
    problems: [],
  };
}

function deprecationIn(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => /^module\s/.test(line.trim()));
  const comments: string[] = [];
  for (let above = at - 1; above >= 0 && (lines[above] ?? '').trim().startsWith('//'); above -= 1) comments.unshift(commentOf(lines[above] ?? ''));
  const beside = /\/\/(.*)$/.exec(lines[at] ?? '')?.[1]?.trim();
  const all = beside === undefined ? comments : [...comments, beside];
  const from = all.findIndex((line) => line.startsWith('Deprecated:'));
  return from === -1 ? null : all.slice(from).join(' ').slice('Deprecated:'.length).trim() || 'It is deprecated.';
}

function retractionsIn(lines: readonly string[]): readonly Retraction[] {
  const found: Retraction[] = [];
  let inBlock = false;
  let comments: string[] = [];
  for (const raw of lines) {
    const line = raw.trim();
    if (line.startsWith('//')) {
      comments.push(commentOf(line));
      continue;
    }
    if (/^retract\s*\(/.test(line)) {
      inBlock = true;
      comments = comments.slice();
      continue;
    }
    if (inBlock && line.startsWith(')')) inBlock = false;
    const body = inBlock ? line : /^retract\s+(.*)$/.exec(line)?.[1];
    const range = /^\[?\s*v([0-9A-Za-z.+-]+)\s*(?:,\s*v([0-9A-Za-z.+-]+)\s*\])?\s*(?:\/\/\s*(.*))?$/.exec(body ?? '');
    if (range !== null && found.length < 1_000) {
      const reason = range[3] ?? (comments.length === 0 ? null : comments.join(' '));
      found.push({ from: range[1] ?? '', until: range[2] ?? range[1] ?? '', reason: reason === '' ? null : reason });
    }
    comments = [];
  }
  return found;
}

function commentOf(line: string): string {
  return line.trim().replace(/^\/\/\s?/, '');
}
