import type { DeclaredLicence, PackageWarning, RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion } from '#model/registry.ts';
import { packageKey } from '../package-key.ts';
import { parsePep440, printPep440 } from '../pep440.ts';
import { asArray, asObject } from '../readers/json.ts';
import { pickJson, type Wanted } from '../readers/picked-json.ts';
import {
  leftOut,
  licencesIn,
  notAnAnswer,
  otherPackage,
  refusedAnswer,
  releasedAt,
  repositoryUrl,
  saidText,
  saidTexts,
} from '../registry/answer-parts.ts';

const simple: Wanted = {
  name: true,
  versions: true,
  meta: { 'project-status': true },
  'project-status': true,
  files: { filename: true, 'upload-time': true, yanked: true },
};
const described: Wanted = {
  info: {
    name: true,
    version: true,
    license: true,
    license_expression: true,
    license_files: true,
    classifiers: true,
    project_urls: true,
    home_page: true,
    yanked: true,
    yanked_reason: true,
  },
  urls: { upload_time_iso_8601: true },
};

/** PyPI: versions by the simple API in JSON (PEP 691, 700, 592, 792), licences by the description of one version. */
export const pypi: RegistryProtocol = {
  id: 'pypi',
  version: 1,
  title: 'PyPI',
  ecosystem: 'PyPI',
  spec: 'https://packaging.python.org/specifications/simple-repository-api/',
  reads: 'Versions with the date of their first file, yanks with reason, the status of the project; of versions in use and the latest the licence.',
  cannotSee: 'Licences of versions that nobody uses, and whether they fit what the files say.',
  base: 'https://pypi.org',
  hosts: ['pypi.org', 'files.pythonhosted.org'],
  perSecond: 10,
  atOnce: 4,
  first: (name) =>
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?$/.test(name)
      ? { part: 'package', of: '', path: `simple/${packageKey('PyPI', name)}/`, accept: 'application/vnd.pypi.simple.v1+json' }
      : null,
  about: (name, version) => [{ part: 'version', of: version, path: `pypi/${packageKey('PyPI', name)}/${encodeURIComponent(version)}/json` }],
  read: (answer) => (answer.part === 'version' ? readVersion(answer) : readPackage(answer)),
};

function readPackage({ name, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, simple);
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  if (found === null || !Array.isArray(found['files'])) return notAnAnswer('PyPI');
  const said = saidText(found['name']);
  if (said === null || packageKey('PyPI', said) !== packageKey('PyPI', name)) return otherPackage(name, said);
  const known = new Map<string, string>();
  for (const version of saidTexts(found['versions'])) known.set(plain(version), version);
  const files = new Map<string, { released: number; yanked: string | true | null }>();
  let odd = 0;
  for (const each of asArray(found['files'])) {
    const fields = asObject(each);
    const version = versionOf(saidText(fields?.['filename']) ?? '', name);
    if (version === null) {
      odd += 1;
      continue;
    }
    const key = plain(version);
    if (!known.has(key)) known.set(key, version);
    const before = files.get(key);
    const reason = fields?.['yanked'];
    const yanked = reason === true ? true : saidText(reason);
    files.set(key, {
      released: Math.min(before?.released ?? Infinity, releasedAt(fields?.['upload-time']).released ?? Infinity),
      // A version is yanked once all its files are.
      yanked: before === undefined || (before.yanked !== null && yanked !== null) ? yanked : null,
    });
  }
  const status = asObject(found['project-status']) ?? asObject(asObject(found['meta'])?.['project-status']);
  return {
    versions: [...known].map(([key, version]): RegistryVersion => {
      const { released = Infinity, yanked = null } = files.get(key) ?? {};
      return {
        version,
        ...(released === Infinity ? {} : { released }),
        warning: yanked === null ? null : { kind: 'yanked', reason: yanked === true ? null : yanked },
      };
    }),
    isWhole: true,
    warning: statusOf(saidText(status?.['status']), saidText(status?.['reason'])),
    asks: [],
    problems: odd === 0 ? [] : [leftOut(`${String(odd)} files have a name from which no version can be told.`)],
  };
}

function statusOf(status: string | null, reason: string | null): PackageWarning | null {
  if (status === 'quarantined') return { kind: 'quarantined', reason };
  return status === 'deprecated' || status === 'archived' ? { kind: 'deprecated', reason: reason ?? `Its makers call it ${status}.` } : null;
}

/** The version in the name of a wheel or of a source archive. */
function versionOf(filename: string, name: string): string | null {
  const parts = filename.split('-');
  if (filename.endsWith('.whl')) return parts.length >= 5 ? (parts[1] ?? null) : null;
  const stem = /^(.+)\.(?:tar\.gz|tgz|zip|tar\.bz2|tar\.xz|tar\.Z|egg|exe|msi|rpm|deb)$/.exec(filename)?.[1];
  if (stem === undefined) return null;
  for (let cut = stem.indexOf('-'); cut !== -1; cut = stem.indexOf('-', cut + 1)) {
    if (packageKey('PyPI', stem.slice(0, cut)) !== packageKey('PyPI', name)) continue;
    // `.egg` and installers add a platform behind the version.
    const rest = stem.slice(cut + 1);
    if (parsePep440(rest) !== null) return rest;
    const [first = ''] = rest.split('-');
    if (parsePep440(first) !== null) return first;
  }
  return null;
}

/** A version as everybody writes it, without zeros at the end: `1.0` and `1.0.0` are the same. */
function plain(version: string): string {
  const parsed = version.length > 256 ? null : parsePep440(version);
  if (parsed === null) return version;
  return printPep440(parsed).replace(/^((?:\d+!)?\d+(?:\.\d+)*?)(?:\.0)+(?=$|[a-z+]|\.(?:post|dev))/, '$1');
}

function readVersion({ name, of, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, described);
  if (!document.ok) return refusedAnswer(document.error);
  const info = asObject(asObject(document.value)?.['info']);
  const said = saidText(info?.['name']);
  if (info === null) return notAnAnswer('PyPI');
  if (said === null || packageKey('PyPI', said) !== packageKey('PyPI', name)) return otherPackage(name, said);
  return { versions: [{ version: of, licences: licencesOf(info) }], isWhole: false, repository: repositoryIn(info), asks: [], problems: [] };
}

function licencesOf(info: Readonly<Record<string, unknown>>): readonly DeclaredLicence[] {
  const classifiers = saidTexts(info['classifiers']).filter((each) => each.startsWith('License ::'));
  return [
    ...licencesIn('license_expression', saidTexts(info['license_expression'])),
    ...licencesIn('license', saidTexts(info['license'])),
    ...licencesIn('classifier', classifiers),
    ...licencesIn('license_files', Array.isArray(info['license_files']) ? saidTexts(info['license_files']) : []),
  ];
}

const repositoryWords = /^(?:source(?: ?code)?|repository|code|github|gitlab|scm)$/i;

function repositoryIn(info: Readonly<Record<string, unknown>>): string | null {
  const urls = Object.entries(asObject(info['project_urls']) ?? {});
  const named = urls.find(([word]) => repositoryWords.test(word.trim()))?.[1] ?? urls.find(([, url]) => isForge(url))?.[1];
  return repositoryUrl(named ?? (isForge(info['home_page']) ? info['home_page'] : null));
}

function isForge(url: unknown): boolean {
  return typeof url === 'string' && /^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[^/]+\/[^/]+/.test(url);
}
