import type { RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion, VersionWarning } from '#model/registry.ts';
import { decodeText } from '../readers/decoded.ts';
import { asArray, asObject, readJsonText } from '../readers/json.ts';
import { pickJson, type Wanted } from '../readers/picked-json.ts';
import { licencesIn, notAnAnswer, otherPackage, refusedAnswer, releasedAt, repositoryUrl, saidText, saidTexts } from '../registry/answer-parts.ts';

const wanted: Wanted = {
  crate: { id: true, repository: true, max_stable_version: true },
  versions: { num: true, created_at: true, license: true, yanked: true, yank_message: true },
};

/** crates.io by its API, which alone has licences; a mirror that has the sparse index only is asked for that, after `sparse+`. */
export const cratesIo: RegistryProtocol = {
  id: 'crates-io',
  version: 1,
  title: 'crates.io',
  ecosystem: 'crates.io',
  spec: 'https://doc.rust-lang.org/cargo/reference/registry-index.html',
  reads: 'Versions with date, licence and yank, and the repository; of a sparse index versions and yanks.',
  cannotSee: 'Licences and most dates, where only a sparse index is at hand.',
  base: 'https://crates.io',
  hosts: ['crates.io', 'index.crates.io', 'static.crates.io'],
  // https://crates.io/data-access: one request a second.
  perSecond: 1,
  atOnce: 1,
  first: (name) => (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name) ? { part: 'package', of: '', path: `api/v1/crates/${name}` } : null),
  about: () => [],
  read: (answer) => (answer.part === 'index' ? readIndex(answer) : readCrate(answer)),
};

/** Where a sparse index keeps a crate. */
export function sparsePath(name: string): string {
  const lower = name.toLowerCase();
  if (lower.length <= 2) return `${String(lower.length)}/${lower}`;
  if (lower.length === 3) return `3/${lower.slice(0, 1)}/${lower}`;
  return `${lower.slice(0, 2)}/${lower.slice(2, 4)}/${lower}`;
}

function readCrate({ name, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, wanted);
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  const crate = asObject(found?.['crate']);
  if (crate === null || !Array.isArray(found?.['versions'])) return notAnAnswer('crates.io');
  const id = saidText(crate['id']);
  if (id === null || keyOf(id) !== keyOf(name)) return otherPackage(name, id);
  const versions = asArray(found['versions']).flatMap((each): readonly RegistryVersion[] => {
    const fields = asObject(each);
    const version = saidText(fields?.['num']);
    if (fields === null || version === null) return [];
    const licences = licencesIn('license', saidTexts(fields['license']));
    return [{ version, ...releasedAt(fields['created_at']), licences, warning: yankOf(fields['yanked'], fields['yank_message']) }];
  });
  return {
    versions,
    isWhole: true,
    latest: saidText(crate['max_stable_version']),
    repository: repositoryUrl(crate['repository']),
    asks: [],
    problems: [],
  };
}

function readIndex({ name, bytes }: RegistryBytes): RegistryAnswer {
  const text = decodeText(bytes);
  if (!text.ok) return refusedAnswer(text.error);
  const versions: RegistryVersion[] = [];
  for (const line of text.value.split('\n')) {
    if (line.trim() === '') continue;
    const read = readJsonText(line);
    if (!read.ok) return refusedAnswer(read.error);
    const fields = asObject(read.value);
    const version = saidText(fields?.['vers']);
    const said = saidText(fields?.['name']);
    if (fields === null || version === null) return notAnAnswer('a sparse index');
    if (said === null || keyOf(said) !== keyOf(name)) return otherPackage(name, said);
    versions.push({ version, ...releasedAt(fields['pubtime']), warning: yankOf(fields['yanked'], null) });
  }
  return versions.length === 0 ? notAnAnswer('a sparse index') : { versions, isWhole: true, asks: [], problems: [] };
}

function yankOf(yanked: unknown, reason: unknown): VersionWarning | null {
  return yanked === true ? { kind: 'yanked', reason: saidText(reason) } : null;
}

/** crates.io holds one crate under either dash and any case. */
function keyOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
