import { sbomKey, type Estate } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import type { AttestationStatement } from '#model/attestation.ts';
import type { QualityScores } from '#model/sbom-quality.ts';
import type { SbomSignature, SbomStanding } from '#model/sbom-standing.ts';
import type { AttestationTable } from '#store/schema.ts';
import type { SbomQualityHead, StoreReads } from '#store/store.ts';
import { judgedHead, judgedOf } from './judged-sbom.ts';
import { attestationOf } from './kept-attestation.ts';
import type { QualityReport } from './quality-report.ts';
import { maySpeakOf, standingOf } from './sbom-standings.ts';

/** An attestation about an SBOM or about what it describes. */
export type AttestationSeen = {
  readonly about: 'sbom' | 'artifact';
  readonly statement: AttestationStatement;
  readonly signature: SbomSignature;
  /** Unix milliseconds. */
  readonly receivedAt: number;
};

/** One SBOM of a component at length. */
export type SbomSeen = {
  readonly standing: SbomStanding;
  readonly report: Pick<QualityReport, 'elements' | 'problems'>;
  /** How its score went, oldest first. */
  readonly past: readonly { readonly validAt: number; readonly receipt: string; readonly scores: QualityScores | null }[];
  readonly attestations: readonly AttestationSeen[];
};

/** The SBOMs of a component that are in use and were judged, and the paths of those that were not yet. The slot must be one that may be seen. */
export async function componentSboms(
  reads: StoreReads,
  estate: Estate,
  slot: number,
): Promise<{ readonly sboms: readonly SbomSeen[]; readonly waiting: readonly string[] }> {
  const ref = estate.components[slot]?.ref ?? '';
  const paths = evidencesOf(estate, slot).flatMap((each) => {
    const evidence = estate.evidence[each];
    return evidence?.kind === 'sbom' ? [evidence.path] : [];
  });
  if (paths.length === 0) return { sboms: [], waiting: [] };
  const heads = Map.groupBy(await reads.sbomQualities({ component: ref }), ({ path }) => path);
  const sboms: SbomSeen[] = [];
  const judged = new Set<string>();
  for (const path of paths) {
    const past = heads.get(path) ?? [];
    const head = past.at(-1);
    const standing = estate.sboms.get(sbomKey(ref, path));
    if (standing?.isSbom === false) judged.add(path);
    else if (head !== undefined && standing !== undefined) sboms.push(await sbomSeen(reads, head, past));
  }
  for (const { standing } of sboms) judged.add(standing.path);
  return { sboms, waiting: paths.filter((path) => !judged.has(path)) };
}

async function sbomSeen(reads: StoreReads, head: SbomQualityHead, past: readonly SbomQualityHead[]): Promise<SbomSeen> {
  const body = await reads.sbomQualityBody(head);
  const { report } = body === null ? { report: { elements: [], problems: [] } } : judgedOf(body);
  const bytes = `sha256:${head.raw}`;
  const about = (await reads.attestations([bytes])).filter((each) => maySpeakOf(each, head.component));
  const { describes } = judgedHead(head);
  const ofArtifact = (await reads.attestations(describes.filter((each) => each !== bytes))).filter((each) => maySpeakOf(each, head.component));
  return {
    standing: standingOf(head, about),
    report: { elements: report.elements, problems: report.problems },
    past: past.map((each) => ({ validAt: each.valid_at, receipt: each.receipt, scores: judgedHead(each).scores })),
    attestations: [...about.map((each) => seenOf(each, 'sbom')), ...ofArtifact.map((each) => seenOf(each, 'artifact'))],
  };
}

function seenOf(row: AttestationTable, about: AttestationSeen['about']): AttestationSeen {
  const { statement, check } = attestationOf(row);
  return { about, statement, signature: check, receivedAt: row.received_at };
}
