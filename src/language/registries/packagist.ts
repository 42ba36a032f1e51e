import type { RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion } from '#model/registry.ts';
import { asArray, asObject } from '../readers/json.ts';
import { pickJson, type Wanted } from '../readers/picked-json.ts';
import { licencesIn, notAnAnswer, refusedAnswer, releasedAt, repositoryUrl, saidText, saidTexts } from '../registry/answer-parts.ts';

const wanted: Wanted = { minified: true, packages: { '*': { version: true, time: true, license: true, abandoned: true, source: true } } };

/** Composer repositories by their p2 metadata. */
export const packagist: RegistryProtocol = {
  id: 'packagist',
  version: 1,
  title: 'Packagist',
  ecosystem: 'Packagist',
  spec: 'https://getcomposer.org/doc/05-repositories.md',
  reads: 'Tagged versions with date and licences, the repository, and whether it is abandoned and for what.',
  cannotSee: 'Branches; versions that were removed before the first look.',
  base: 'https://repo.packagist.org',
  hosts: ['repo.packagist.org', 'packagist.org'],
  perSecond: 15,
  atOnce: 8,
  first: (name) =>
    /^[a-z0-9](?:[_.-]?[a-z0-9]+)*\/[a-z0-9](?:(?:[_.]|-{1,2})?[a-z0-9]+)*$/i.test(name) && name.length < 200
      ? { part: 'package', of: '', path: `p2/${name.toLowerCase()}.json` }
      : null,
  about: () => [],
  read,
};

function read({ name, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, wanted);
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  const packages = asObject(found?.['packages']);
  const rows = packages?.[name.toLowerCase()] ?? packages?.[name];
  if (found === null || !Array.isArray(rows)) return notAnAnswer('Packagist');
  const isMinified = found['minified'] === 'composer/2.0';
  const versions: RegistryVersion[] = [];
  let fields: Readonly<Record<string, unknown>> = {};
  let newest: Readonly<Record<string, unknown>> | null = null;
  for (const each of asArray(rows)) {
    const given = asObject(each);
    if (given === null) return notAnAnswer('Packagist');
    // Minified, a row holds only what differs from the one before.
    fields = isMinified ? expanded(fields, given) : given;
    newest ??= fields;
    const version = saidText(fields['version']);
    if (version === null) return notAnAnswer('Packagist');
    versions.push({ version, ...releasedAt(fields['time']), licences: licencesIn('license', saidTexts(fields['license'])), warning: null });
  }
  const abandoned = newest?.['abandoned'];
  const instead = saidText(abandoned);
  const isAbandoned = abandoned === true || instead !== null;
  const reason = instead === null ? 'Its makers abandoned it.' : `Its makers abandoned it and name ${instead} instead.`;
  return {
    versions,
    isWhole: true,
    repository: repositoryUrl(newest?.['source']),
    warning: isAbandoned ? { kind: 'deprecated', reason } : null,
    asks: [],
    problems: [],
  };
}

function expanded(before: Readonly<Record<string, unknown>>, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== '__unset'));
}
