import type { SbomComponent } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { noLicences } from './component-list.ts';

/**
 * Gives the licences of a CycloneDX `licenses` list: expression, SPDX id, or name. Concluded are those that are acknowledged as such, declared all others.
 * Equal ones are one value, since most of a document's components have one of a few.
 */
export function cycloneDxLicences(): (list: unknown) => SbomComponent['licences'] {
  const known = new Map<string, SbomComponent['licences']>();
  return (list) => {
    if (!Array.isArray(list) || list.length === 0) return noLicences;
    const licences = licencesOf(list);
    const key = JSON.stringify(licences);
    const before = known.get(key);
    if (before === undefined) known.set(key, licences);
    return before ?? licences;
  };
}

function licencesOf(list: readonly unknown[]): SbomComponent['licences'] {
  const [declared, concluded] = [new Set<string>(), new Set<string>()];
  for (const each of list) {
    const choice = asObject(each) ?? {};
    const licence = asObject(choice['license']) ?? {};
    const written = [choice['expression'], licence['id'], licence['name']]
      .map((value) => (asString(value) ?? asString(asArray(value)[0]))?.trim() ?? '')
      .find((value) => value !== '');
    const isConcluded = (choice['acknowledgement'] ?? licence['acknowledgement']) === 'concluded';
    if (written !== undefined) (isConcluded ? concluded : declared).add(written);
  }
  return { declared: [...declared], concluded: [...concluded] };
}
