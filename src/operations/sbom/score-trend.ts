import type { SbomQualityHead } from '#store/store.ts';
import { judgedHead } from './judged-sbom.ts';

/** The mean score at the end of one week, of how many SBOMs. */
export type ScorePoint = { readonly at: number; readonly mean: number; readonly sboms: number };

const weekMs = 7 * 86_400_000;

/**
 * How the mean score of SBOMs went: at the end of each of the last weeks, over those that had been shown by then and could be read, oldest first. Weeks before
 * the first SBOM are left out.
 */
export function scoreTrend(heads: readonly SbomQualityHead[], now: number, weeks: number): readonly ScorePoint[] {
  const byEvidence = Map.groupBy(heads, ({ component, path }) => `${component}\0${path}`);
  const points: ScorePoint[] = [];
  for (let week = weeks - 1; week >= 0; week -= 1) {
    const at = now - week * weekMs;
    const scores = [...byEvidence.values()].flatMap((rows) => {
      const last = rows.filter((row) => row.valid_at <= at).at(-1);
      return (last === undefined ? null : judgedHead(last).scores?.all) ?? [];
    });
    if (scores.length === 0) continue;
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    points.push({ at, mean: Math.round(mean * 10) / 10, sboms: scores.length });
  }
  return points;
}
