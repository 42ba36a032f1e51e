import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { versionRule, type ReleaseFacts } from '../rule.ts';

const kinds = ['deprecated', 'yanked', 'retracted', 'removed', 'unpublished', 'quarantined', 'malicious'] as const;
type Kind = (typeof kinds)[number];

// Their registries list every version for good: one that is not listed was taken away, or never came from there.
const wholeLists: ReadonlySet<string> = new Set(['npm', 'PyPI', 'crates.io', 'RubyGems']);

/** A version that its makers or its registry took back. */
export const withdrawn = versionRule({
  id: 'withdrawn',
  title: 'Deprecated or withdrawn',
  finds: 'A package version that its makers or its registry deprecated, yanked, retracted, removed, or took over as malicious.',
  cannotSee: 'What no registry was asked about, and since when a warning stands: registries say only that it does.',
  explain:
    'Its makers advise against it, or it can be had no more: nobody mends it, and a fresh build may fail. What a registry removed may have been malware.',
  remedy:
    'Move to the version or the package that is named instead. Look at what was removed before anything else: see whether an advisory names it.',
  past: 'Registries say what is withdrawn now, not since when.',
  directOnly: false,
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('medium'),
    /** Which warnings count. */
    kinds: z
      .array(z.enum(kinds))
      .min(1)
      .default([...kinds]),
  }),
  judge({ ecosystem, name, version, releases }, settings) {
    if (releases === null) return { kind: 'unknown', because: 'Its registry was not asked.' };
    const found = warningsOf(ecosystem, releases).filter(([kind]) => settings.kinds.includes(kind));
    if (found.length === 0) return releases.isListed ? { kind: 'fine' } : { kind: 'unknown', because: 'Its registry says nothing of this version.' };
    return {
      kind: 'found',
      findings: found.map(([kind, said]) => ({ subject: kind, reason: `${name} ${version}: ${said}`, since: null })),
    };
  },
});

function warningsOf(ecosystem: string, { warning, packageWarning, isAbsent, isListed }: ReleaseFacts): readonly (readonly [Kind, string])[] {
  const found: (readonly [Kind, string])[] = [];
  if (packageWarning !== null) found.push([packageWarning.kind, ofPackage[packageWarning.kind] + because(packageWarning.reason)]);
  if (warning !== null && warning.kind !== packageWarning?.kind) found.push([warning.kind, ofVersion[warning.kind] + because(warning.reason)]);
  if (found.length === 0 && isAbsent) found.push(['removed', 'Its registry does not have the package, or has it no more.']);
  if (found.length === 0 && !isListed && wholeLists.has(ecosystem))
    found.push(['removed', 'Its registry does not list this version: it was removed, or comes from elsewhere.']);
  return found;
}

const ofVersion: Readonly<Record<'deprecated' | 'yanked' | 'retracted' | 'removed', string>> = {
  deprecated: 'Its makers deprecated this version.',
  yanked: 'This version was yanked.',
  retracted: 'Its makers retracted this version.',
  removed: 'Its registry listed this version once and does so no more.',
};

const ofPackage: Readonly<Record<'deprecated' | 'unpublished' | 'quarantined' | 'malicious', string>> = {
  deprecated: 'Its makers deprecated the package.',
  unpublished: 'The package was unpublished.',
  quarantined: 'The registry holds the package in quarantine.',
  malicious: 'The registry took the name over, as it does after malware.',
};

function because(reason: string | null): string {
  return reason === null ? '' : ` They say: “${reason}”`;
}
