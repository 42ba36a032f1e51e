import { qualityProfiles, type QualityElementCount, type QualityProfile, type QualityScores } from '#model/sbom-quality.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { packageIdentity } from './identity.ts';
import { qualityElements, type JudgedDocument, type QualityElement } from './quality-elements.ts';

/** One element with what does not meet it. */
export type QualityElementRows = QualityElementCount & {
  /** Indexes of the components that do not meet it, in the document's order; empty where it is about the document. */
  readonly misses: readonly number[];
};

/** How good an SBOM is, element by element. */
export type SbomQuality = { readonly scores: QualityScores; readonly elements: readonly QualityElementRows[] };

/**
 * Judges an SBOM by every element of every profile. A document without components has nothing that meets what is asked of components, so that an empty
 * inventory is never a good one. `now` is Unix milliseconds: age is judged by it.
 */
export function sbomQuality(document: SbomDocument, now: number): SbomQuality {
  const judged = judgedDocument(document, now);
  const elements = qualityElements.map((element) => counted(element, judged));
  return { scores: scoresOf(elements), elements };
}

/** The scores that element counts make, by the formula `qualityFormula` writes out. */
export function scoresOf(elements: readonly QualityElementCount[]): QualityScores {
  const scores = qualityProfiles.map((profile) => [profile, scoreOf(elements.filter((each) => each.profile === profile))] as const);
  return { ...(Object.fromEntries(scores) as Record<QualityProfile, number>), all: scoreOf(elements) };
}

function scoreOf(elements: readonly QualityElementCount[]): number {
  const seen = elements.filter(({ unseen }) => unseen === null);
  const weights = seen.reduce((sum, { weight }) => sum + weight, 0);
  // Sums of thirds and sevenths must not fall short of a whole number by a rounding.
  const reached = seen.reduce((sum, { weight, met, total }) => sum + (total === 0 ? 0 : (weight * met) / total), 0);
  return weights === 0 ? 0 : Math.floor((100 * reached) / weights + 1e-9);
}

function counted(element: QualityElement, judged: JudgedDocument): QualityElementRows {
  const { id, profile, title, section, weight, fix } = element;
  const base = { ...{ id, profile, title, section, weight, fix }, met: 0, total: 0, unseen: null, misses: [] };
  if (element.of === 'unseen') return { ...base, unseen: element.unseen };
  if (element.of === 'document') return { ...base, met: element.isMet(judged) ? 1 : 0, total: 1 };
  const misses: number[] = [];
  let total = 0;
  for (const [index, component] of judged.document.components.entries()) {
    if (element.isAbout?.(component) === false) continue;
    total += 1;
    if (!element.isMet(component, index, judged)) misses.push(index);
  }
  if (total === 0 && judged.document.components.length > 0) return { ...base, unseen: 'The SBOM lists no component that this is about.' };
  return { ...base, met: total - misses.length, total: Math.max(total, 1), misses };
}

function judgedDocument(document: SbomDocument, now: number): JudgedDocument {
  const linked = new Set<number>();
  for (const [from, to] of document.dependencies) {
    linked.add(from);
    linked.add(to);
  }
  const seen = new Set<string>();
  const repeated = new Set<number>();
  for (const [index, component] of document.components.entries()) {
    if (component.parent !== null) linked.add(index);
    const key = `${component.type ?? ''} ${packageIdentity(component)} ${component.version ?? ''} ${String(component.parent ?? '')}`;
    if (seen.has(key)) repeated.add(index);
    else seen.add(key);
  }
  return { document, now, stated: new Set(document.stated), linked, repeated };
}
