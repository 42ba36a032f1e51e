import type { CompiledAffected } from '#language/osv-range.ts';

/** What a record says of one package version; null stands for "not affected". */
export type PackageJudgement = {
  /** `unknown`: the record names the package, and whether it means this version cannot be told. */
  readonly kind: 'affected' | 'unknown';
  /** Whether the version lies in a range or is listed; `range` for `unknown`. */
  readonly by: 'range' | 'versions';
  /** The range that matched, as in `>=2.0-beta9 <2.15.0`, or `=1.2.3`; empty for `unknown`. */
  readonly range: string;
  /** The least version above this one that the record calls fixed and in no other place affected; null when it knows none. */
  readonly fixedIn: string | null;
};

/**
 * Judges a version by all entries of one record for its package: affected by any is affected, unknown only where none is.
 * A null version, known only as a range, is unknown wherever the package is named.
 */
export function judgePackage(entries: readonly CompiledAffected[], version: string | null): PackageJudgement | null {
  if (entries.length === 0) return null;
  if (version === null) return unknownJudgement;
  let unknown: PackageJudgement | null = null;
  for (const entry of entries) {
    const verdict = entry.judge(version);
    if (verdict.kind === 'affected')
      return { kind: 'affected', by: verdict.by, range: verdict.range, fixedIn: unaffectedFix(entries, verdict.fixed) };
    if (verdict.kind === 'unknown') unknown = unknownJudgement;
  }
  return unknown;
}

const unknownJudgement: PackageJudgement = { kind: 'unknown', by: 'range', range: '', fixedIn: null };

/** The fix of one entry may lie in the range of the next (records with one entry for each branch): go on to that one's fix. */
function unaffectedFix(entries: readonly CompiledAffected[], fix: string | null): string | null {
  let candidate = fix;
  for (let step = 0; candidate !== null && entries.length > 1 && step < entries.length; step += 1) {
    const verdict = firstAffected(entries, candidate);
    if (verdict === null) return candidate;
    candidate = verdict.fixed;
  }
  return candidate;
}

function firstAffected(entries: readonly CompiledAffected[], version: string): { readonly fixed: string | null } | null {
  for (const entry of entries) {
    const verdict = entry.judge(version);
    if (verdict.kind === 'affected') return verdict;
  }
  return null;
}
