import type { RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion } from '#model/registry.ts';
import { asArray, asObject } from '../readers/json.ts';
import { pickJson } from '../readers/picked-json.ts';
import { licencesIn, notAnAnswer, otherPackage, refusedAnswer, releasedAt, repositoryUrl, saidText, saidTexts } from '../registry/answer-parts.ts';

/** RubyGems: versions by one answer, the repository by another. */
export const rubygems: RegistryProtocol = {
  id: 'rubygems',
  version: 1,
  title: 'RubyGems',
  ecosystem: 'RubyGems',
  spec: 'https://guides.rubygems.org/rubygems-org-api/',
  reads: 'Versions with date and licences, and the repository. A version that was there and is listed no more was yanked.',
  cannotSee: 'Why something was yanked; yanks before the first look.',
  base: 'https://rubygems.org',
  hosts: ['rubygems.org', 'index.rubygems.org'],
  // https://guides.rubygems.org/rubygems-org-rate-limits/: ten a second.
  perSecond: 8,
  atOnce: 3,
  first: (name) => (/^[A-Za-z0-9_.-]{1,200}$/.test(name) ? { part: 'package', of: '', path: `api/v1/versions/${name}.json` } : null),
  about: () => [],
  read: (answer) => (answer.part === 'gem' ? readGem(answer) : readVersions(answer)),
};

function readVersions({ name, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, { number: true, created_at: true, licenses: true });
  if (!document.ok) return refusedAnswer(document.error);
  if (!Array.isArray(document.value)) return notAnAnswer('RubyGems');
  const versions = new Map<string, RegistryVersion>();
  for (const each of asArray(document.value)) {
    const fields = asObject(each);
    const version = saidText(fields?.['number']);
    if (fields === null || version === null) return notAnAnswer('RubyGems');
    // One version may be there for several platforms; the first one listed is the newest.
    const made = { version, ...releasedAt(fields['created_at']), licences: licencesIn('licenses', saidTexts(fields['licenses'])), warning: null };
    const before = versions.get(version);
    if (before === undefined || (made.released ?? Infinity) < (before.released ?? Infinity)) versions.set(version, made);
  }
  return { versions: [...versions.values()], isWhole: true, asks: [{ part: 'gem', of: '', path: `api/v1/gems/${name}.json` }], problems: [] };
}

function readGem({ name, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, { name: true, source_code_uri: true, homepage_uri: true });
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  if (found === null) return notAnAnswer('RubyGems');
  if (found['name'] !== name) return otherPackage(name, saidText(found['name']));
  const home = saidText(found['homepage_uri']);
  const repository = saidText(found['source_code_uri']) ?? (home !== null && /^https?:\/\/(?:github|gitlab)\.com\//.test(home) ? home : null);
  return { versions: [], isWhole: false, repository: repositoryUrl(repository), asks: [], problems: [] };
}
