import type { Problem } from '#model/problem.ts';
import { policyVerdicts, type PolicyVerdict } from '#model/licence.ts';
import type { CheckReport, CheckedPackage } from '#reports/check/check-report.ts';
import type { AskedPackage, PackageVerdict, Verdicts } from '../verdicts/verdicts-for.ts';
import { packagesOfFiles, type BroughtIn } from './packages-of-files.ts';

/** What is asked: purls, lockfiles, SBOMs, folders, repositories. */
export type CheckWanted = {
  readonly targets: readonly string[];
  /** Ref or name of the component that it is for; null when it is not said. */
  readonly component: string | null;
  /** Revision: only what came since is judged; null for everything. */
  readonly base: string | null;
  /** Ask the council about what is for review, for this reason; null or absent: ask nobody. */
  readonly request?: string | null;
};

/** What an office answers, wherever it runs; null when none can be reached. */
export type Judged = Pick<Verdicts, 'policy' | 'verdict' | 'gate' | 'counts'> & {
  readonly isBuiltIn: boolean;
  readonly packages: readonly JudgedPackage[];
  readonly ask: CheckReport['ask'];
};
type JudgedPackage = Omit<CheckedPackage, 'file' | 'direct'> & Pick<PackageVerdict, 'purl'>;

/** Asks an office for verdicts of package versions. */
export type AskOffice = (packages: readonly AskedPackage[], component: string | null, request: string | null) => Promise<Judged | null>;

/** Answers "may I use this?". Throws a `ConfigurationError` for a wrong question. */
export async function check({ targets, component, base, request = null }: CheckWanted, askOffice: AskOffice): Promise<CheckReport> {
  const purls = targets.filter((each) => each.startsWith('pkg:'));
  const files = targets.filter((each) => !each.startsWith('pkg:'));
  const found = files.length === 0 ? { packages: [], problems: [] } : await packagesOfFiles(files, base);
  const problems: readonly Problem[] = found.problems;
  const brought = new Map<string, BroughtIn>(found.packages.map((each) => [each.purl, each]));
  const asked: readonly AskedPackage[] = [...purls.map((purl) => ({ purl, isDevelopment: false })), ...found.packages];
  const judged = await askOffice(asked, component, request);
  if (judged === null) return { ...notJudged, problems, base, packages: [] };
  return {
    ...judged,
    judged: true,
    base,
    problems,
    packages: judged.packages.map((each) => ({ ...each, ...howIn(brought.get(each.purl), each.path) })),
  };
}

const notJudged: Omit<CheckReport, 'problems' | 'base' | 'packages'> = {
  judged: false,
  policy: null,
  isBuiltIn: false,
  verdict: null,
  gate: 'watch',
  counts: { allowed: 0, conditions: 0, review: 0, unknown: 0, denied: 0 },
  ask: { team: null, owner: null, stewards: [], counsel: [] },
};

/** As the files tell that are checked; what they do not tell, as it is in the component now. */
function howIn(brought: BroughtIn | undefined, known: readonly string[]): Pick<CheckedPackage, 'file' | 'direct' | 'path'> {
  const path = brought === undefined || brought.path.length === 0 ? known : brought.path;
  return { file: brought?.file ?? null, direct: brought?.direct ?? null, path };
}

/** Whether a report fails a build: by the gates of the policy, and from a verdict on where one is named. What was not judged never does. */
export function failsBuild(report: Pick<CheckReport, 'verdict' | 'gate'>, failOn: PolicyVerdict | 'never' | null): boolean {
  if (report.verdict === null || failOn === 'never') return false;
  if (report.gate === 'block') return true;
  return failOn !== null && policyVerdicts.indexOf(report.verdict) >= policyVerdicts.indexOf(failOn);
}
