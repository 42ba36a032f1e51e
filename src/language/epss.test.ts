import { describe, expect, it } from 'vitest';
import { parseEpss } from './epss.ts';

function parse(text: string) {
  return parseEpss(new TextEncoder().encode(text));
}

describe('parseEpss', () => {
  it('gives scores by CVE id with model and day', () => {
    const file =
      '#model_version:v2025.03.14,score_date:2025-12-26T12:55:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\nCVE-2025-9970,7e-05,0.00428';
    const { modelVersion, scoreDate, scores, problems } = parse(file);
    expect([modelVersion, scoreDate]).toEqual(['v2025.03.14', '2025-12-26']);
    expect([...scores]).toEqual([
      ['CVE-2021-44228', { score: 0.94358, percentile: 0.99957 }],
      ['CVE-2025-9970', { score: 0.00007, percentile: 0.00428 }],
    ]);
    expect(problems).toEqual([]);
  });

  it('knows the day however its time is written, and none that is no day', () => {
    const dayOf = (date: string) => parse(`#model_version:x,score_date:${date}\ncve,epss,percentile\n`).scoreDate;
    expect(['2025-09-30T00:00:00+0000', '2025-09-30', '30 Sep 2025'].map(dayOf)).toEqual(['2025-09-30', '2025-09-30', null]);
  });

  it('reads files from before the comment line, with byte order mark and Windows line ends', () => {
    const { modelVersion, scores } = parse('\ufeffcve,epss,percentile\r\nCVE-2019-0708,0.9,0.99\r\n');
    expect(modelVersion).toBeNull();
    expect(scores.get('CVE-2019-0708')).toEqual({ score: 0.9, percentile: 0.99 });
  });

  it('counts and names bad rows and keeps the rest', () => {
    const { scores, rejected, problems } = parse('cve,epss,percentile\nCVE-2019-0708,1.5,0.9\nCVE-2019-0709,,0.9\n<html>\nCVE-2019-0710,0.1,0.2');
    expect([...scores.keys()]).toEqual(['CVE-2019-0710']);
    expect(rejected).toBe(3);
    expect(problems[0]?.message).toMatch(/^3 rows .* line 2 "CVE-2019-0708,1\.5,0\.9", 3 .*, 4 "<html>"\.$/);
  });

  it('does not read another CSV as one without scores', () => {
    expect(parse('id,score\nCVE-2019-0708,1').problems[0]).toMatchObject({ code: 'not-epss', line: 1, severity: 'error' });
  });
});
