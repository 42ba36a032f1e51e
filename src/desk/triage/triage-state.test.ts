import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../policy/policy.ts';
import type { Verdict } from '../decisions/verdict.ts';
import { stageOf, triageStateOf } from './triage-state.ts';

const [source, built, deployed] = [1, 2, 4];

describe('the state of an open finding', () => {
  it.each<[name: string, verdict: Verdict | null, hit: number, shown: number, state: string]>([
    ['nothing decided', null, source, source, 'open'],
    ['in triage', 'in-triage', source, source, 'in-triage'],
    ['exploitable', 'exploitable', source, source, 'exploitable'],
    ['a workaround', 'workaround', source, source, 'workaround'],
    ['fixed in source, still in the build', null, built, source | built, 'fixed-in-source'],
    ['fixed in source, still deployed, no build known', null, deployed, source | deployed, 'fixed-in-source'],
    ['fixed in source, still built and deployed', 'exploitable', built | deployed, source | built | deployed, 'fixed-in-source'],
    ['built, still deployed', null, deployed, source | built | deployed, 'built'],
    ['built, still deployed, no source known', 'in-triage', deployed, built | deployed, 'built'],
    ['still in the source though the build is clean', null, source | deployed, source | built | deployed, 'open'],
    ['not deployed yet', null, source | built, source | built | deployed, 'open'],
    ['accepted, fixed in source meanwhile', 'accepted', deployed, source | deployed, 'accepted'],
    ['a workaround, built meanwhile', 'workaround', deployed, source | built | deployed, 'built'],
    ['not affected', 'not-affected', source, source, 'not-affected'],
    ['a false positive', 'false-positive', source, source, 'false-positive'],
    ['no inventory shows it: it is judged anew', null, 0, source, 'open'],
  ])('%s', (_, verdict, hit, shown, state) => {
    expect(triageStateOf(verdict, { hit, shown })).toBe(state);
  });

  it.each([
    ['lockfile', 'package-lock.json', 'source'],
    ['manifest', 'pom.xml', 'source'],
    ['sbom', 'supplier.cdx.json', 'built'],
    ['sbom', 'upload:default', 'built'],
    ['sbom', 'upload:build', 'built'],
    ['sbom', 'upload:image', 'built'],
    ['sbom', 'upload:nightly', 'built'],
    ['sbom', 'upload:production', 'deployed'],
    ['sbom', 'upload:deployed', 'deployed'],
    ['sbom', 'upload:source', 'source'],
  ])('a %s at %s speaks of the stage %s', (kind, path, stage) => {
    expect(stageOf({ kind, path }, builtInPolicy.stages)).toBe(stage);
  });
});
