import type { LicensedVersion } from '#analysis/rule.ts';
import { packageSlotKey, type Estate } from '#estate/estate.ts';
import { registryLicencesOf } from '#estate/questions/licence-claims.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { ParsedVersion } from '#language/version-scheme.ts';
import type { LicenceJudge } from '../licences/licence-judge.ts';

type Parsed = LicensedVersion & { readonly parsed: ParsedVersion };

/** Versions of a package earlier than a given one, least first, with their licences: those that are here and those of which its registry says one. */
export function earlierLicences(estate: Estate, packageSlot: number, licences: LicenceJudge): (version: string) => readonly LicensedVersion[] {
  const holder = estate.packages[packageSlot];
  const scheme = schemeOf(holder?.ecosystem ?? '');
  let known: readonly Parsed[] | null = null;
  return (version) => {
    const parsed = scheme?.parse(version) ?? null;
    if (scheme === null || parsed === null || holder === undefined) return [];
    known ??= knownLicences(estate, packageSlot, licences)
      .flatMap((each): readonly Parsed[] => {
        const taken = scheme.parse(each.version);
        return taken === null ? [] : [{ ...each, parsed: taken }];
      })
      .sort((a, b) => scheme.order(a.parsed, b.parsed));
    return known.filter((each) => scheme.order(each.parsed, parsed) < 0);
  };
}

function knownLicences(estate: Estate, packageSlot: number, licences: LicenceJudge): readonly LicensedVersion[] {
  const { ecosystem = '', name = '', name_key: nameKey = '' } = estate.packages[packageSlot] ?? {};
  const found = new Map<string, LicensedVersion>();
  for (const [version, said] of registryLicencesOf(estate, packageSlotKey(ecosystem, nameKey))) {
    const licence = licences.licenceFrom([{ source: 'registry', said }], ecosystem, name, version);
    found.set(version, { version, licence: licence.text, category: licences.categoryOf(licence) });
  }
  for (const slot of versionsOf(estate, packageSlot)) {
    const version = estate.versions[slot]?.version ?? '';
    const licence = licences.licenceOf(slot);
    if (version !== '') found.set(version, { version, licence: licence.text, category: licences.categoryOf(licence) });
  }
  return [...found.values()];
}
