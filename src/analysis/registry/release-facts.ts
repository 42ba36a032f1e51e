import { schemeOf } from '#language/scheme-of.ts';
import type { RegistrySummary } from '#model/registry-summary.ts';
import type { ReleaseFacts } from '../rule.ts';

/** What a summary says of any version of its package. A version that is written otherwise, such as `1.0` for `1.0.0`, is known by its order. */
export function releaseFactsOf(ecosystem: string, summary: RegistrySummary): (version: string) => ReleaseFacts {
  const byText = new Map(summary.versions.map((row) => [row[0], row]));
  const scheme = schemeOf(ecosystem);
  const latestRow = summary.latest === null ? undefined : byText.get(summary.latest);
  const common = {
    isAbsent: summary.isAbsent,
    latest: latestRow === undefined ? null : { version: latestRow[0], released: latestRow[1] },
    packageWarning: summary.warning,
    versions: summary.versions,
  };
  return (version) => {
    const row = byText.get(version) ?? summary.versions.find(([each]) => scheme?.compare(each, version) === 0);
    if (row === undefined) return { ...common, isListed: false, released: null, warning: null };
    const [, released, warning] = row;
    return { ...common, isListed: true, released, warning: warning === null ? null : (summary.warnings[warning] ?? null) };
  };
}
