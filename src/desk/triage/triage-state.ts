import type { Verdict } from '../decisions/verdict.ts';
import type { Stages } from '../policy/policy.ts';

/** How an open finding stands, by what was decided and by what evidence shows. What is fixed everywhere is not open. */
export const triageStates = [
  'open',
  'in-triage',
  'exploitable',
  'workaround',
  'fixed-in-source',
  'built',
  'accepted',
  'not-affected',
  'false-positive',
] as const;
export type TriageState = (typeof triageStates)[number];

/** The stages that evidence speaks of, as bits: what is written, what was built from it, what runs. */
export const stageBits = { source: 1, built: 2, deployed: 4 } as const;
export type Stage = keyof typeof stageBits;

/** The stage that an evidence speaks of: lockfiles and manifests of the source, SBOMs of a build unless the policy says otherwise of their slot. */
export function stageOf({ kind, path }: { readonly kind: string; readonly path: string }, stages: Stages): Stage {
  if (!path.startsWith('upload:')) return kind === 'sbom' ? 'built' : 'source';
  const slot = path.slice('upload:'.length);
  if (stages.deployed.includes(slot)) return 'deployed';
  return stages.source.includes(slot) ? 'source' : 'built';
}

// These say that nothing is to be done, whatever the inventory shows.
const settled: ReadonlySet<Verdict> = new Set(['not-affected', 'false-positive', 'accepted']);

/** The state of an open finding. `hit` are the stages in which the package is still hit, `shown` those of which there is evidence; both as bits. */
export function triageStateOf(verdict: Verdict | null, { hit, shown }: { readonly hit: number; readonly shown: number }): TriageState {
  if (verdict !== null && settled.has(verdict)) return verdict;
  const isClean = (stage: Stage): boolean => (shown & stageBits[stage]) !== 0 && (hit & stageBits[stage]) === 0;
  const isHit = (stage: Stage): boolean => (hit & stageBits[stage]) !== 0;
  if (!isHit('source') && !isHit('built') && isClean('built') && isHit('deployed')) return 'built';
  if (isClean('source') && (isHit('built') || isHit('deployed'))) return 'fixed-in-source';
  return verdict ?? 'open';
}

/** Whether its clock has nothing to run for. */
export function isSettled(state: TriageState): boolean {
  return state === 'not-affected' || state === 'false-positive' || state === 'accepted';
}
