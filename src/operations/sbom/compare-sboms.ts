import { sbomDiff } from '#analysis/sbom/diff.ts';
import type { Problem } from '#model/problem.ts';
import type { SbomDiff } from '#model/sbom-diff.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { diffAsMarkdown } from '#reports/sboms/diff-as-markdown.ts';

/** An SBOM by what it is called where it is compared. */
export type NamedSbom = { readonly name: string; readonly document: SbomDocument };

/** What changed from one SBOM to another, what could not be read of either, and the same as Markdown. */
export type SbomsCompared = { readonly diff: SbomDiff; readonly problems: readonly (Problem & { readonly of: string })[]; markdown(): string };

/** Compares two SBOMs. */
export function compareSboms(before: NamedSbom, after: NamedSbom): SbomsCompared {
  const diff = sbomDiff(before.document, after.document);
  return {
    diff,
    problems: [before, after].flatMap(({ name, document }) => document.problems.map((problem) => ({ ...problem, of: name }))),
    markdown: () => diffAsMarkdown(diff, { before: before.name, after: after.name }),
  };
}
