import { quoted, type Problem } from '../model/problem.ts';
import { decodeText } from './readers/decoded.ts';

/** Probability that a vulnerability is exploited within 30 days, and its rank among all, both 0 to 1. */
export type EpssScore = { readonly score: number; readonly percentile: number };

export type EpssReading = {
  /** Scores of different models must not be compared. Null when the file does not say. */
  readonly modelVersion: string | null;
  /** The day the scores are for, ISO 8601 without time; null when the file does not say. */
  readonly scoreDate: string | null;
  readonly scores: ReadonlyMap<string, EpssScore>;
  /** How many rows were left out. */
  readonly rejected: number;
  readonly problems: readonly Problem[];
};

/** FIRST's daily EPSS file (https://www.first.org/epss/data_stats, CSV, unpacked) by CVE id. Bad rows are counted, the rest kept. A CVE that is not there has no score, not 0. */
export function parseEpss(bytes: Uint8Array): EpssReading {
  const text = decodeText(bytes);
  if (!text.ok) return empty({ ...text.error, severity: 'error' });
  const lines = text.value.split('\n');
  const comment = lines[0]?.startsWith('#') === true ? lines[0] : '';
  const header = comment === '' ? 0 : 1;
  if (!/^cve,epss,percentile\s*$/i.test(lines[header] ?? '')) {
    return empty({ code: 'not-epss', message: 'The file has no header "cve,epss,percentile".', line: header + 1, severity: 'error' });
  }

  const scores = new Map<string, EpssScore>();
  const bad: string[] = [];
  for (let at = header + 1; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '') continue;
    const row = rowShape.exec(line);
    const score = Number(row?.[2]);
    const percentile = Number(row?.[3]);
    if (row?.[1] !== undefined && score <= 1 && percentile <= 1) scores.set(row[1], { score, percentile });
    else bad.push(`${String(at + 1)} ${quoted(line, 60)}`);
  }
  return {
    modelVersion: /model_version:([^,\s]+)/.exec(comment)?.[1] ?? null,
    // FIRST writes a time with it, once `T00:00:00+0000` and once `T12:55:00Z`; only the day means anything.
    scoreDate: /score_date:(\d{4}-\d{2}-\d{2})(?=[T,\s]|$)/.exec(comment)?.[1] ?? null,
    scores,
    rejected: bad.length,
    problems: bad.length === 0 ? [] : [rejectedRows(bad)],
  };
}

/** Numbers as Python writes them: 0.00345, 1.0, 7e-05. */
const rowShape = /^(CVE-\d{4}-\d{4,19}),(\d+(?:\.\d+)?(?:e-\d+)?),(\d+(?:\.\d+)?(?:e-\d+)?)$/i;

function rejectedRows(bad: readonly string[]): Problem {
  const message = `${String(bad.length)} rows are no "cve,epss,percentile" and were left out: line ${bad.slice(0, 10).join(', ')}.`;
  return { code: 'bad-rows', message, severity: 'error' };
}

function empty(problem: Problem): EpssReading {
  return { modelVersion: null, scoreDate: null, scores: new Map(), rejected: 0, problems: [problem] };
}
