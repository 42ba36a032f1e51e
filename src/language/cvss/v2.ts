import { metricValues, readMetrics } from './metrics.ts';

/** Base score, 0 to 10, of a CVSS v2 vector (https://www.first.org/cvss/v2/guide); null when it is none. */
export function cvss2Score(vector: string): number | null {
  const metrics = readMetrics(vector.replace(/^\(|\)$/g, ''), mandatory, optional);
  if (metrics === null) return null;
  const weight = (metric: keyof typeof weights) => (weights[metric] as Readonly<Record<string, number>>)[metrics.get(metric) ?? ''] ?? 0;
  const impact = 10.41 * (1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A')));
  const exploitability = 20 * weight('AV') * weight('AC') * weight('Au');
  if (impact === 0) return 0;
  // The weights have at most four decimals: this takes the noise of binary fractions off before rounding half up.
  return Math.round(Number(((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10).toFixed(6))) / 10;
}

const weights = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
};

const mandatory = Object.fromEntries(Object.entries(weights).map(([metric, values]) => [metric, Object.keys(values)]));

const optional = metricValues({
  E: 'U POC F H ND',
  RL: 'OF TF W U ND',
  RC: 'UC UR C ND',
  CDP: 'N L LM MH H ND',
  TD: 'N L M H ND',
  CR: 'L M H ND',
  IR: 'L M H ND',
  AR: 'L M H ND',
});
