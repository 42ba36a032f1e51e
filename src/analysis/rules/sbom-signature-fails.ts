import { z } from 'zod';
import { severityLevels } from '#model/advisory.ts';
import { fileRule } from '../rule.ts';

/** An SBOM whose signature does not hold. */
export const sbomSignatureFails = fileRule({
  id: 'sbom-signature-fails',
  title: 'SBOM whose signature fails',
  finds: 'An SBOM in use whose own signature, or that of an attestation about its bytes, was not made by a key that the office trusts.',
  cannotSee: 'Signatures by keys that are not given under provenance.keys, and by certificates: those are not verified, which is no failure.',
  explain: 'It was altered on its way, or somebody else made it: nothing it says can be relied on.',
  remedy: 'Do not use it. Have its sender send it again by a way you know, or give the key that really signed it under provenance.keys.',
  past: 'Signatures are checked with the keys given now.',
  settings: z.strictObject({
    severity: z.enum(severityLevels).default('high'),
    /** Also find SBOMs that no key that is given has signed. */
    unverified: z.boolean().default(false),
  }),
  judge({ path, kind, sbom }, { unverified }) {
    if (kind !== 'sbom') return { kind: 'fine' };
    if (sbom === null) return { kind: 'unknown', because: 'The SBOM was not judged yet.' };
    if (!sbom.isSbom) return { kind: 'fine' };
    const { state, because } = sbom.signature;
    if (state === 'verified' || (state !== 'fails' && !unverified)) return { kind: 'fine' };
    const what = state === 'fails' ? 'The signature fails' : 'It is not proved by a signature';
    return { kind: 'found', findings: [{ subject: `${path} signature`, reason: `${path}: ${what}. ${because}`, since: null }] };
  },
});
