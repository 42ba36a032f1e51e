import type { SbomQuality } from '#server/schemas/sbom-quality.ts';

type Signature = SbomQuality['signature'];

/** What is said of signatures under SBOMs, in short. */
export const signatureWords = { verified: 'proved', 'not-verified': 'not verified', fails: 'signature fails', none: 'not signed' } as const;

const tones = { verified: 'ok', 'not-verified': undefined, fails: 'critical', none: undefined } as const;

/** Whether an SBOM is proved, with why. One whose signature fails stands out wherever the SBOM is shown. */
export function SignatureBadge({ signature: { state, key, because } }: { readonly signature: Signature }) {
  return (
    <span className="badge" data-tone={tones[state]} title={because}>
      {signatureWords[state]}
      {key !== null && ` by ${key}`}
    </span>
  );
}
