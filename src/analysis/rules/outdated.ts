import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { versionRule, type VersionFacts } from '../rule.ts';
import { jumpOf } from '../upgrades/jump.ts';

const yearDays = 365.25;

/** A version that is far behind. */
export const outdated = versionRule({
  id: 'outdated',
  title: 'Outdated',
  finds: 'A package that a component names itself and that is majors, or years of releases, behind.',
  cannotSee:
    'How old a version is, until its registry was asked. Until then it is compared with the newest version that this estate uses or an advisory names, which is a lower bound: what is not found may be outdated all the same.',
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
  judge(facts, settings) {
    const [byYears, byMajors] = [yearsBehind(facts, settings.libyears), majorsBehind(facts, settings.majors)];
    const found = [byYears, byMajors].filter((each) => each !== null).sort((a, b) => a.since - b.since)[0];
    if (found !== undefined) return { kind: 'found', findings: [{ subject: 'outdated', ...found }] };
    return facts.releases === null
      ? { kind: 'unknown', because: 'Its registry was not asked, and no version known here is that far ahead.' }
      : { kind: 'fine' };
  },
});

type Behind = { readonly reason: string; readonly since: number };

function yearsBehind({ name, version, releases }: VersionFacts, least: number): Behind | null {
  if (releases === null) return null;
  const years = (releases.newest.released - releases.released) / yearDays;
  if (years < least) return null;
  return {
    reason: `${name} ${version} was released ${years.toFixed(1)} years before ${releases.newest.version}.`,
    since: Math.ceil(releases.released + least * yearDays),
  };
}

function majorsBehind({ name, version, later }: VersionFacts, least: number): Behind | null {
  const ahead = later.flatMap((known) => {
    const jump = jumpOf(version, known.version);
    return jump === null || jump.majors < least ? [] : [{ ...known, majors: jump.majors }];
  });
  const newest = ahead.at(-1);
  if (newest === undefined) return null;
  const where = newest.from === 'estate' ? 'which others here use' : 'which an advisory names';
  const since = Math.min(...ahead.map((each) => each.since));
  return { reason: `${name} ${version} is at least ${String(newest.majors)} majors behind ${newest.version}, ${where}.`, since };
}
