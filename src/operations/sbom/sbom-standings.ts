import { sbomKey } from '#estate/estate.ts';
import type { SignatureCheck } from '#model/attestation.ts';
import type { SbomSignature, SbomStanding } from '#model/sbom-standing.ts';
import type { AttestationTable } from '#store/schema.ts';
import type { SbomQualityHead, StoreReads } from '#store/store.ts';
import { judgedHead } from './judged-sbom.ts';
import { attestationOf } from './kept-attestation.ts';

/** How every SBOM in use stands, with what attestations about its bytes say, in whatever order they came. */
export async function sbomStandings(reads: StoreReads): Promise<ReadonlyMap<string, SbomStanding>> {
  const heads = await reads.sbomQualities({ latest: true });
  const about = await attestationsByDigest(reads);
  return new Map(heads.map((head) => [sbomKey(head.component, head.path), standingOf(head, about.get(`sha256:${head.raw}`) ?? [])]));
}

/** How one stands, with the attestations that are about its bytes. */
export function standingOf(head: SbomQualityHead, attestations: readonly AttestationTable[]): SbomStanding {
  const { component, path, raw, receipt, valid_at: validAt } = head;
  const { isSbom, form, createdAt, components, scores, signature } = judgedHead(head);
  const own = signature === null ? [] : [signature];
  return {
    ...{ component, path, isSbom, raw, receipt, validAt, form, createdAt, components, scores },
    signature: signatureOf([...own, ...attestations.filter((each) => maySpeakOf(each, component)).map((each) => attestationOf(each).check)]),
  };
}

/** Whether an attestation may speak of a component: whoever may send for some teams only speaks of what was named. */
export function maySpeakOf({ component: named }: Pick<AttestationTable, 'component'>, component: string): boolean {
  return named === '' || named === component;
}

/** One that is proved is proved, whatever else is said; a signature that fails goes before one that was not looked at. */
export function signatureOf(checks: readonly SignatureCheck[]): SbomSignature {
  for (const state of ['verified', 'fails', 'not-verified'] as const) {
    const check = checks.find((each) => each.state === state);
    if (check !== undefined) return check;
  }
  return { state: 'none', key: null, because: 'Nobody signed it.' };
}

/** Attestations by what they are about, where that may be an SBOM. */
async function attestationsByDigest(reads: StoreReads): Promise<ReadonlyMap<string, readonly AttestationTable[]>> {
  const byDigest = new Map<string, AttestationTable[]>();
  for (const row of await reads.attestations()) {
    for (const { digests } of attestationOf(row).statement.subjects) {
      for (const { algorithm, value } of digests) {
        const digest = `${algorithm}:${value}`;
        const rows = byDigest.get(digest);
        if (rows === undefined) byDigest.set(digest, [row]);
        else rows.push(row);
      }
    }
  }
  return byDigest;
}

/** How the SBOMs stand that one receipt (public id) showed. */
export async function standingsOfReceipt(
  reads: Pick<StoreReads, 'sbomQualities' | 'attestations'>,
  receipt: string,
): Promise<readonly SbomStanding[]> {
  const standings: SbomStanding[] = [];
  for (const head of await reads.sbomQualities({ receipt })) standings.push(standingOf(head, await reads.attestations([`sha256:${head.raw}`])));
  return standings.filter(({ isSbom }) => isSbom);
}
