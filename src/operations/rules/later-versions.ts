import type { KnownVersion } from '#analysis/rule.ts';
import type { Estate } from '#estate/estate.ts';
import { publishedDay } from '#estate/questions/exposures.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { schemeOf } from '#language/scheme-of.ts';
import type { ParsedVersion } from '#language/version-scheme.ts';

type Parsed = KnownVersion & { readonly parsed: ParsedVersion };

/**
 * Versions of a package later than a given one, least first, with the day since when we know of each: those that components use and those that
 * advisories name as fixed. The package is looked at once, when the first one is asked for.
 */
export function laterVersions(estate: Estate, packageSlot: number): (version: string) => readonly KnownVersion[] {
  const scheme = schemeOf(estate.packages[packageSlot]?.ecosystem ?? '');
  let known: readonly Parsed[] | null = null;
  return (version) => {
    const parsed = scheme?.parse(version) ?? null;
    if (scheme === null || parsed === null) return [];
    known ??= knownVersions(estate, packageSlot)
      .flatMap((each) => {
        const taken = scheme.parse(each.version);
        return taken === null ? [] : [{ ...each, parsed: taken }];
      })
      .sort((a, b) => scheme.order(a.parsed, b.parsed));
    const first = known.findIndex((each) => scheme.order(each.parsed, parsed) > 0);
    return first === -1 ? [] : known.slice(first);
  };
}

function knownVersions(estate: Estate, packageSlot: number): readonly KnownVersion[] {
  const known = new Map<string, KnownVersion>();
  const note = (each: KnownVersion): void => {
    const before = known.get(each.version);
    if (before === undefined || each.since < before.since) known.set(each.version, each);
  };
  const { postings } = estate;
  for (const version of versionsOf(estate, packageSlot)) {
    const text = estate.versions[version]?.version ?? '';
    const from = postings.startOf(version);
    const days = postings.validFrom().subarray(from, from + postings.lengthOf(version));
    if (text !== '' && days.length > 0) note({ version: text, since: days.reduce((least, day) => Math.min(least, day), Infinity), from: 'estate' });
    for (const { fixed_in, group } of estate.matches.get(version) ?? [])
      if (fixed_in !== null) note({ version: fixed_in, since: publishedDay(estate, group), from: 'advisory' });
  }
  return [...known.values()];
}
