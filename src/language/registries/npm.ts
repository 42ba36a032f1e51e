import type { DeclaredLicence, RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion } from '#model/registry.ts';
import { asArray, asObject } from '../readers/json.ts';
import { pickJson, type Wanted } from '../readers/picked-json.ts';
import { notAnAnswer, otherPackage, refusedAnswer, releasedAt, repositoryUrl, saidText, saidTexts } from '../registry/answer-parts.ts';

const name = /^(?:@[a-z0-9~!*'()_.-]+\/)?[a-zA-Z0-9~!*'()_.-]{1,214}$/;

const wanted: Wanted = {
  name: true,
  'dist-tags': true,
  time: true,
  repository: true,
  versions: { '*': { version: true, license: true, licenses: true, deprecated: true, repository: true } },
};

/** npm's registry. Dates, licences and the repository stand in the full description only, so that is asked for. */
export const npm: RegistryProtocol = {
  id: 'npm',
  version: 1,
  title: 'npm',
  ecosystem: 'npm',
  spec: 'https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md',
  reads: 'Versions with date, licence and deprecation, the tag latest, the repository, what was unpublished or taken over as malicious.',
  cannotSee: 'Why a version vanished, and whether what it says of licence and repository is true.',
  base: 'https://registry.npmjs.org',
  hosts: ['registry.npmjs.org', 'registry.yarnpkg.com'],
  perSecond: 20,
  atOnce: 6,
  first: (wantedName) =>
    name.test(wantedName) ? { part: 'package', of: '', path: wantedName.replace('/', '%2f'), accept: 'application/json' } : null,
  about: () => [],
  read,
};

function read({ name: wantedName, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, wanted);
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  const time = asObject(found?.['time']);
  const listed = asObject(found?.['versions']);
  if (found === null || (listed === null && time === null)) return notAnAnswer('npm');
  if (found['name'] !== wantedName) return otherPackage(wantedName, saidText(found['name']));
  const versions = Object.entries(listed ?? {}).map(([version, value]): RegistryVersion => {
    const fields = asObject(value);
    const reason = saidText(fields?.['deprecated']);
    return {
      version,
      ...releasedAt(time?.[version]),
      licences: [...licencesOf('license', fields?.['license']), ...licencesOf('licenses', fields?.['licenses'])],
      // An empty text takes a deprecation back; `true` gives no reason.
      warning: reason === null && fields?.['deprecated'] !== true ? null : { kind: 'deprecated', reason },
    };
  });
  const unpublished = asObject(time?.['unpublished']);
  const isHeld = versions.some(({ version }) => /^0\.0\.1-security(?:\.\d+)?$/.test(version));
  const latest = saidText(asObject(found['dist-tags'])?.['latest']);
  return {
    versions,
    isWhole: true,
    latest,
    // Mirrors leave it out at the top, where it is that of the latest version.
    repository: repositoryUrl(found['repository'] ?? asObject(listed?.[latest ?? ''])?.['repository']),
    warning: isHeld
      ? { kind: 'malicious', reason: 'npm holds the name with a security placeholder.' }
      : unpublished === null && versions.length > 0
        ? null
        : { kind: 'unpublished', reason: null },
    asks: [],
    problems: [],
  };
}

/** A text, an object with `type`, or a list of either, as npm took them over the years. */
function licencesOf(field: string, value: unknown): readonly DeclaredLicence[] {
  const each = Array.isArray(value) ? asArray(value) : [value];
  return each.flatMap((one) => {
    const fields = asObject(one);
    if (fields === null) return saidTexts(one).map((text) => ({ field, text }));
    const text = saidText(fields['type']) ?? saidText(fields['name']) ?? saidText(fields['url']);
    return text === null ? [] : [{ field: `${field}.type`, text }];
  });
}
