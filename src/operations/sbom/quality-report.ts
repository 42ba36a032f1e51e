import { sbomQuality } from '#analysis/sbom/quality.ts';
import type { Problem } from '#model/problem.ts';
import type { QualityElementCount, QualityScores } from '#model/sbom-quality.ts';
import type { SbomDocument } from '#model/sbom.ts';

/** A component that does not meet an element. */
export type QualityMiss = { readonly ref: string; readonly name: string; readonly version: string | null };

/** How good one SBOM is, for people and programs. */
export type QualityReport = {
  readonly standard: SbomDocument['standard'];
  readonly specVersion: string | null;
  readonly subject: string | null;
  readonly createdAt: string | null;
  readonly components: number;
  readonly signed: boolean;
  /** Null: it could not be read, so that nothing is known of it. */
  readonly scores: QualityScores | null;
  /** Empty where it could not be read. */
  readonly elements: readonly (QualityElementCount & { readonly misses: readonly QualityMiss[] })[];
  readonly problems: readonly Problem[];
};

/** The version of what `qualityReport` says: another one makes kept reports out of date. */
export const qualityVersion = 1;

/** Judges a document and names the components that miss something, at most `rows` of them for each element. `now` is Unix milliseconds. */
export function qualityReport(document: SbomDocument, now: number, rows = Infinity): QualityReport {
  const { standard, specVersion, subject, createdAt, components, signed, problems } = document;
  const head = { standard, specVersion, subject: subject?.name ?? null, createdAt, components: components.length, signed, problems };
  if (isUnread(document)) return { ...head, scores: null, elements: [] };
  const { scores, elements } = sbomQuality(document, now);
  return {
    ...head,
    scores,
    elements: elements.map(({ misses, ...element }) => ({
      ...element,
      misses: misses.slice(0, rows).flatMap((index): readonly QualityMiss[] => {
        const component = components[index];
        return component === undefined ? [] : [{ ref: component.ref, name: component.name, version: component.version }];
      }),
    })),
  };
}

/** Whether nothing could be read of it: what it lists is then unknown, not nothing. */
function isUnread({ components, problems }: SbomDocument): boolean {
  return components.length === 0 && problems.some(({ severity }) => severity === 'error');
}
