import type { DeclaredLicence, RegistryAnswer, RegistryBytes, RegistryProtocol, RegistryVersion, VersionWarning } from '#model/registry.ts';
import { asArray, asObject } from '../readers/json.ts';
import { pickJson, type Wanted } from '../readers/picked-json.ts';
import { notAnAnswer, otherPackage, refusedAnswer, releasedAt, repositoryUrl, saidText } from '../registry/answer-parts.ts';

const maxPages = 200;
const leaf: Wanted = {
  catalogEntry: {
    id: true,
    version: true,
    published: true,
    listed: true,
    licenseExpression: true,
    licenseUrl: true,
    projectUrl: true,
    deprecation: true,
  },
};
const page: Wanted = { '@id': true, items: leaf };

/** NuGet's registrations. `from` of a mirror is its RegistrationsBaseUrl, as the mirror's service index names it. */
export const nuget: RegistryProtocol = {
  id: 'nuget',
  version: 1,
  title: 'NuGet',
  ecosystem: 'NuGet',
  spec: 'https://learn.microsoft.com/nuget/api/registration-base-url-resource',
  reads: 'Versions with date, licence expression or address, deprecation with its alternative, and what is unlisted.',
  cannotSee: 'When an unlisted version was published; licences that lie as a file in the package.',
  base: 'https://api.nuget.org/v3/registration5-gz-semver2',
  hosts: ['api.nuget.org', 'www.nuget.org', 'nuget.org'],
  perSecond: 10,
  atOnce: 4,
  first: (name) => (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/.test(name) ? { part: 'package', of: '', path: `${name.toLowerCase()}/index.json` } : null),
  about: () => [],
  read,
};

function read({ name, part, bytes }: RegistryBytes): RegistryAnswer {
  const document = pickJson(bytes, part === 'page' ? page : { items: page });
  if (!document.ok) return refusedAnswer(document.error);
  const found = asObject(document.value);
  const items = part === 'page' ? [found] : found?.['items'];
  if (found === null || !Array.isArray(items) || (part === 'page' && !Array.isArray(found['items']))) return notAnAnswer('NuGet');
  const versions: RegistryVersion[] = [];
  const asks: RegistryAnswer['asks'][number][] = [];
  let repository: string | null = null;
  for (const each of items.slice(0, maxPages) as readonly unknown[]) {
    const fields = asObject(each);
    if (!Array.isArray(fields?.['items'])) {
      const path = pathOf(saidText(fields?.['@id']), name);
      if (path === null) return notAnAnswer('NuGet');
      asks.push({ part: 'page', of: path, path });
      continue;
    }
    for (const entry of asArray(fields['items'])) {
      const catalogue = asObject(asObject(entry)?.['catalogEntry']);
      const version = saidText(catalogue?.['version']);
      const id = saidText(catalogue?.['id']);
      if (catalogue === null || version === null) return notAnAnswer('NuGet');
      if (id?.toLowerCase() !== name.toLowerCase()) return otherPackage(name, id);
      versions.push({ version, ...releasedAt(catalogue['published']), licences: licencesOf(catalogue), warning: warningOf(catalogue) });
      const project = saidText(catalogue['projectUrl']);
      if (project !== null && /^https?:\/\/(?:github|gitlab)\.com\//.test(project)) repository = repositoryUrl(project);
    }
  }
  return {
    versions,
    // Pages that are still to come hold more.
    isWhole: part !== 'page' && asks.length === 0,
    ...(repository === null ? {} : { repository }),
    asks,
    problems: [],
  };
}

/** The place of a page below the registry's address, by its last parts: what stands before them is not followed. */
function pathOf(id: string | null, name: string): string | null {
  const found = /\/page\/([0-9A-Za-z.+-]{1,100})\/([0-9A-Za-z.+-]{1,100})\.json(?:#.*)?$/.exec(id ?? '');
  return found === null ? null : `${name.toLowerCase()}/page/${(found[1] ?? '').toLowerCase()}/${(found[2] ?? '').toLowerCase()}.json`;
}

function licencesOf(catalogue: Readonly<Record<string, unknown>>): readonly DeclaredLicence[] {
  const expression = saidText(catalogue['licenseExpression']);
  if (expression !== null) return [{ field: 'licenseExpression', text: expression }];
  const url = saidText(catalogue['licenseUrl']);
  return url === null ? [] : [{ field: 'licenseUrl', text: url }];
}

function warningOf(catalogue: Readonly<Record<string, unknown>>): VersionWarning | null {
  const deprecation = asObject(catalogue['deprecation']);
  if (deprecation !== null) {
    const instead = saidText(asObject(deprecation['alternatePackage'])?.['id']);
    const words = asArray(deprecation['reasons']).flatMap((each) => saidText(each) ?? []);
    const reason = [saidText(deprecation['message']) ?? words.join(', '), ...(instead === null ? [] : [`Use ${instead}.`])].filter(
      (each) => each !== '',
    );
    return { kind: 'deprecated', reason: reason.length === 0 ? null : reason.join(' ') };
  }
  return catalogue['listed'] === false ? { kind: 'yanked', reason: 'It is not listed any more.' } : null;
}
