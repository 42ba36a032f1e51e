import type { Severity, SeverityLevel } from '../model/advisory.ts';
import { cvss2Score } from './cvss/v2.ts';
import { cvss3Score } from './cvss/v3.ts';
import { cvss4Score } from './cvss/v4.ts';

/** One CVSS vector as given and what it comes to, 0 to 10. */
export type CvssScore = { readonly version: '2.0' | '3.0' | '3.1' | '4.0'; readonly vector: string; readonly score: number };

/** How severe a record is. Score, version and vector are null when only a word, or nothing usable, was given. */
export type RatedSeverity = {
  readonly level: SeverityLevel;
  readonly score: number | null;
  readonly version: CvssScore['version'] | null;
  readonly vector: string | null;
  /** Every vector that could be scored, newest CVSS version first, then the highest score. */
  readonly all: readonly CvssScore[];
};

/** Severity of a record from its vectors; the newest CVSS version counts, a word only where no vector can be scored, and nothing usable is `unknown`. */
export function severityOf(severities: readonly Severity[], word: string | null): RatedSeverity {
  const all = severities
    .map((severity) => scoreOf(severity.score))
    .filter((score) => score !== null)
    .sort((a, b) => b.version.localeCompare(a.version) || b.score - a.score);
  const [best] = all;
  if (best !== undefined) return { level: levelOf(best), score: best.score, version: best.version, vector: best.vector, all };
  const words = [word, ...severities.map((severity) => severity.score)].map(levelOfWord).filter((level) => level !== 'unknown');
  return { level: words[0] ?? 'unknown', score: null, version: null, vector: null, all };
}

/** Reads and scores one vector of any CVSS version; null when it is none. The text decides the version, since records mislabel it. */
export function scoreOf(text: string): CvssScore | null {
  const vector = text.trim();
  if (vector.startsWith('CVSS:4.0/')) return scored('4.0', vector, cvss4Score(vector));
  if (vector.startsWith('CVSS:3.1/')) return scored('3.1', vector, cvss3Score(vector));
  if (vector.startsWith('CVSS:3.0/')) return scored('3.0', vector, cvss3Score(vector));
  return scored('2.0', vector, cvss2Score(vector));
}

/** Level of a word such as GitHub, Red Hat, Ubuntu or Go write it, any case. */
export function levelOfWord(word: string | null): SeverityLevel {
  return levelsByWord.get(word?.toUpperCase() ?? '') ?? 'unknown';
}

const levelsByWord: ReadonlyMap<string, SeverityLevel> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['IMPORTANT', 'high'],
  ['MODERATE', 'medium'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['NEGLIGIBLE', 'low'],
]);

function scored(version: CvssScore['version'], vector: string, score: number | null): CvssScore | null {
  return score === null ? null : { version, vector, score };
}

/** Rating scales of CVSS v3 and v4, and NVD's three levels for v2, which knows no critical. A score of 0 counts as low. */
function levelOf({ version, score }: CvssScore): SeverityLevel {
  if (score >= 9 && version !== '2.0') return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : 'low';
}
