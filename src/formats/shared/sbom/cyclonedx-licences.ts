import type { SbomComponent } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';

/** Licences of a CycloneDX `licenses` list: expression, SPDX id, or name. Concluded are those that are acknowledged as such, declared all others. */
export function cycloneDxLicences(list: unknown): SbomComponent['licences'] {
  const [declared, concluded] = [new Set<string>(), new Set<string>()];
  for (const each of asArray(list)) {
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
