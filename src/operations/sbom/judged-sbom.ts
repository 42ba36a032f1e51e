import { checkSignatures, type TrustedKey } from '#language/attestation/check-signatures.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import { parsePurl } from '#language/purl.ts';
import type { Gateway } from '#gateway/gateway.ts';
import type { ReadAttestation, SignatureCheck } from '#model/attestation.ts';
import type { SbomStanding } from '#model/sbom-standing.ts';
import type { SbomComponent } from '#model/sbom.ts';
import type { SbomQualityTable } from '#store/schema.ts';
import { keysPrint } from './trusted-keys.ts';
import { qualityReport, qualityVersion, type QualityReport } from './quality-report.ts';

/** What is kept of an SBOM that was judged. */
export type JudgedSbom = {
  /** False for the contents of an image, which are no SBOM. */
  readonly isSbom: boolean;
  /** With the components of each element that are named, at most `rowsKept`. */
  readonly report: QualityReport;
  /** Of the signature it bears itself, or is wrapped in; null when it bears none. */
  readonly signature: SignatureCheck | null;
  /** Digests of what it describes, `sha256:…`: what attestations about that are found by. */
  readonly describes: readonly string[];
};

/** How many components an element names in what is kept; the command line names all. */
export const rowsKept = 50;

const problemsKept = 50;

/** Reads and judges the bytes of an SBOM. `at` is when it was shown: age is judged by that, so that its score stays. */
export async function judgeSbom(
  gateway: Gateway,
  file: { readonly path: string; readonly bytes: Uint8Array; readonly at: number },
  keys: readonly TrustedKey[],
): Promise<JudgedSbom> {
  const { path, bytes, at } = file;
  const [{ document }, { attestations }] = [await gateway.readSbom({ path, bytes, formatId: null }), await gateway.readAttestations(bytes)];
  const report = qualityReport(document, at, rowsKept);
  const [attestation] = attestations;
  return {
    isSbom: !document.problems.some(({ code }) => code === 'no-sbom'),
    report: { ...report, problems: report.problems.slice(0, problemsKept) },
    signature: attestation === undefined || attestation.form === 'unsigned' ? null : checkSignatures(attestation, keys),
    describes: [
      ...new Set([
        ...(document.subject === null ? [] : digestsOf(document.subject)),
        ...(attestation === undefined ? [] : subjectDigests(attestation)),
      ]),
    ],
  };
}

/** The short part of it, which is at hand for every SBOM. */
export type JudgedHead = Pick<SbomStanding, 'isSbom' | 'form' | 'createdAt' | 'components' | 'scores'> & {
  readonly signature: SignatureCheck | null;
  readonly describes: readonly string[];
};

/** The columns that a judged SBOM fills. */
export function judgedColumns(
  judged: JudgedSbom,
  keys: readonly TrustedKey[],
): Pick<SbomQualityTable, 'judge' | 'keys' | 'signature' | 'standing' | 'body'> {
  const { isSbom, report, signature, describes } = judged;
  const { standard, specVersion, createdAt, components, scores } = report;
  const form = scores === null ? null : [standard === 'other' ? 'other form' : standard, specVersion ?? ''].join(' ').trim();
  const head: JudgedHead = { isSbom, form, createdAt, components, scores, signature, describes };
  return {
    ...{ judge: qualityVersion, keys: keysPrint(keys), signature: signature?.state ?? 'none' },
    ...{ standing: canonicalJson(head), body: canonicalJson(judged) },
  };
}

/** What was kept of one, in short. */
export function judgedHead({ standing }: Pick<SbomQualityTable, 'standing'>): JudgedHead {
  return storedJson(standing) as JudgedHead;
}

/** What was kept of one, at length. */
export function judgedOf(body: string): JudgedSbom {
  return storedJson(body) as JudgedSbom;
}

/** The digests that an attestation is about, as they are looked up. */
export function subjectDigests({ statement }: Pick<ReadAttestation, 'statement'>): readonly string[] {
  return (statement?.subjects ?? []).flatMap(({ digests }) => digests.map(({ algorithm, value }) => `${algorithm}:${value}`));
}

/** Hashes of what an SBOM describes; of an image also the digest that its purl bears as version. */
function digestsOf({ hashes, purl, version }: SbomComponent): readonly string[] {
  const written = [parsePurl(purl ?? '')?.version ?? '', version ?? ''].filter((text) => /^sha256:[0-9a-f]{64}$/.test(text));
  return [...hashes.map(({ algorithm, value }) => `${algorithm.toLowerCase().replaceAll('-', '')}:${value.toLowerCase()}`), ...written];
}
