import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { behindOf } from '../registry/libyears.ts';
import { versionRule, type ReleaseFacts, type VersionFacts } from '../rule.ts';
import { jumpOf } from '../upgrades/jump.ts';
import { isPreRelease } from '../upgrades/smallest-safe.ts';

const yearDays = 365.25;

/** A version that is far behind. */
export const outdated = versionRule({
  id: 'outdated',
  title: 'Outdated',
  finds: 'A package that a component names itself and that is majors, or years of releases, behind.',
  cannotSee:
    'How old a version is, until its registry was asked and where that gives no dates. Until then it is compared with the newest version that this estate uses or an advisory names, which is a lower bound: what is not found may be outdated all the same.',
  explain: 'The further behind, the dearer the upgrade on the day on which it cannot wait.',
  remedy: 'Raise it a major at a time, while there is no hurry.',
  past: true,
  directOnly: true,
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('low'),
    /** From so many majors behind on. */
    majors: z.number().int().min(1).max(100).default(2),
    /** From so many years between its release and that of the newest on. */
    libyears: z.number().min(0.1).max(100).default(3),
  }),
  judge(facts, settings, today) {
    const [byYears, byMajors] = [yearsBehind(facts, settings.libyears, today), majorsBehind(facts, settings.majors, today)];
    const found = [byYears, byMajors].filter((each) => each !== null).sort((a, b) => a.since - b.since)[0];
    if (found !== undefined) return { kind: 'found', findings: [{ subject: 'outdated', ...found }] };
    const { releases } = facts;
    if (releases === null) return { kind: 'unknown', because: 'Its registry was not asked, and no version known here is that far ahead.' };
    if (behindOf(facts.version, releases) !== null) return { kind: 'fine' };
    return { kind: 'unknown', because: 'Its registry does not say when it or the latest version was released.' };
  },
});

type Found = { readonly reason: string; readonly since: number };

function yearsBehind({ name, version, releases }: VersionFacts, least: number, today: number): Found | null {
  const behind = behindOf(version, releases);
  const { released, latest } = releases ?? { released: null, latest: null };
  if (behind === null || released === null || latest === null || behind.libyears < least) return null;
  return {
    reason: `${name} ${version} was released ${behind.libyears.toFixed(1)} years before ${latest.version}.`,
    since: Math.min(today, sinceYears(releases?.versions ?? [], released + least * yearDays) ?? today),
  };
}

/** The day on which a version was released so late that the one in use was that far behind. */
function sinceYears(versions: ReleaseFacts['versions'], from: number): number | null {
  const later = versions.flatMap(([each, day, warning]) => (day !== null && day >= from && warning === null && !isPreRelease(each) ? [day] : []));
  return later.length === 0 ? null : Math.ceil(later.reduce((least, day) => Math.min(least, day), Infinity));
}

function majorsBehind({ name, version, later, releases }: VersionFacts, least: number, today: number): Found | null {
  const known = later.map(({ version: each, since, from }) => ({
    version: each,
    since,
    where: from === 'estate' ? 'which others here use' : 'which an advisory names',
  }));
  const ahead = [...known, ...registryAhead(version, releases, least, today)].flatMap((each) => {
    const jump = jumpOf(version, each.version);
    return jump === null || jump.majors < least ? [] : [{ ...each, majors: jump.majors }];
  });
  const newest = ahead.at(-1);
  if (newest === undefined) return null;
  const since = Math.min(...ahead.map((each) => each.since));
  const atLeast = newest.where === 'its latest' ? '' : 'at least ';
  return { reason: `${name} ${version} is ${atLeast}${String(newest.majors)} majors behind ${newest.version}, ${newest.where}.`, since };
}

/** The latest version by the registry, and the first one released that was that far ahead. */
function registryAhead(version: string, releases: ReleaseFacts | null, least: number, today: number) {
  const latest = releases?.latest ?? null;
  if (releases === null || latest === null || (jumpOf(version, latest.version)?.majors ?? 0) < least) return [];
  let since = latest.released ?? today;
  for (const [each, day, warning] of releases.versions) {
    if (day === null || day >= since || warning !== null || isPreRelease(each)) continue;
    if ((jumpOf(version, each)?.majors ?? 0) >= least) since = day;
  }
  return [{ version: latest.version, since, where: 'its latest' }];
}
