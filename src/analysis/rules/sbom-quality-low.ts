import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { profileWords, qualityProfiles } from '#model/sbom-quality.ts';
import { fileRule } from '../rule.ts';

const score = z.number().int().min(0).max(100);

/** An SBOM that says less than it should. */
export const sbomQualityLow = fileRule({
  id: 'sbom-quality-low',
  title: 'SBOM says too little',
  finds: 'An SBOM in use whose score is lower than the policy asks of the team that owns the component, or that could not be read.',
  cannotSee: 'Whether what the SBOM says is true; that it lists everything it should.',
  explain:
    'What an SBOM leaves out is matched by nothing and judged by nobody: a missing purl hides a vulnerability, a missing licence an obligation.',
  remedy: 'Open the SBOM’s page: each element that is missing says what to change in the tool that makes it.',
  past: 'How good an SBOM is is told as it is now; its page shows how its score went.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('low'),
    /** By which profile. */
    profile: z.enum([...qualityProfiles, 'all']).default('all'),
    /** The least score that will do. */
    least: score.default(50),
    /** The same for single teams. */
    teams: z.record(z.string(), score).default({}),
  }),
  judge({ path, kind, owner, sbom }, { profile, least, teams }) {
    if (kind !== 'sbom') return { kind: 'fine' };
    if (sbom === null) return { kind: 'unknown', because: 'The SBOM was not judged yet.' };
    if (!sbom.isSbom) return { kind: 'fine' };
    const { scores } = sbom;
    const asked = (owner === null ? undefined : teams[owner]) ?? least;
    if (scores === null)
      return { kind: 'found', findings: [{ subject: `${path} quality`, reason: `${path} could not be read as an SBOM.`, since: null }] };
    if (scores[profile] >= asked) return { kind: 'fine' };
    const by = profile === 'all' ? 'over all elements' : `by ${profileWords[profile].title}`;
    const reason = `${path} has ${String(scores[profile])} of 100 ${by}; ${String(asked)} is asked${owner === null ? '' : ` of ${owner}`}.`;
    return { kind: 'found', findings: [{ subject: `${path} quality`, reason, since: null }] };
  },
});
