import { asArray, asObject, asString } from '#language/readers/json.ts';

/** Licences of a CycloneDX `licenses` list as declared: expression, SPDX id, or name. */
export function cycloneDxLicences(list: unknown): readonly string[] {
  const licences = asArray(list).flatMap((each) => {
    const choice = asObject(each) ?? {};
    const licence = asObject(choice['license']) ?? {};
    const declared = [choice['expression'], licence['id'], licence['name']].map((value) => asString(value)?.trim() ?? '');
    return declared.filter((value) => value !== '').slice(0, 1);
  });
  return [...new Set(licences)];
}
