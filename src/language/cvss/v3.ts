import { metricValues, readMetrics } from './metrics.ts';

/**
 * Base score, 0 to 10, of a CVSS v3.0 or v3.1 vector (https://www.first.org/cvss/v3.1/specification-document), temporal and
 * environmental metrics left aside; null when it is none. Both versions have the same formula.
 */
export function cvss3Score(vector: string): number | null {
  const prefix = /^CVSS:3\.[01]\//.exec(vector)?.[0];
  if (prefix === undefined) return null;
  const metrics = readMetrics(vector.slice(prefix.length), mandatory, optional);
  if (metrics === null) return null;
  const changed = metrics.get('S') === 'C';
  const weight = (table: Readonly<Record<string, number>>, metric: string) => table[metrics.get(metric) ?? ''] ?? 0;

  const lost = 1 - (1 - weight(impact, 'C')) * (1 - weight(impact, 'I')) * (1 - weight(impact, 'A'));
  const damage = changed ? 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15 : 6.42 * lost;
  if (damage <= 0) return 0;
  const privileges = weight(changed ? privilegesChanged : privilegesUnchanged, 'PR');
  const ease = 8.22 * weight(attackVector, 'AV') * weight(complexity, 'AC') * privileges * weight(interaction, 'UI');
  return roundUp(Math.min(changed ? 1.08 * (damage + ease) : damage + ease, 10));
}

const attackVector = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 };
const complexity = { L: 0.77, H: 0.44 };
const privilegesUnchanged = { N: 0.85, L: 0.62, H: 0.27 };
const privilegesChanged = { N: 0.85, L: 0.68, H: 0.5 };
const interaction = { N: 0.85, R: 0.62 };
const impact = { N: 0, L: 0.22, H: 0.56 };

const mandatory = metricValues({ AV: 'N A L P', AC: 'L H', PR: 'N L H', UI: 'N R', S: 'U C', C: 'N L H', I: 'N L H', A: 'N L H' });

const optional = metricValues({
  E: 'X U P F H',
  RL: 'X O T W U',
  RC: 'X U R C',
  CR: 'X L M H',
  IR: 'X L M H',
  AR: 'X L M H',
  MAV: 'X N A L P',
  MAC: 'X L H',
  MPR: 'X N L H',
  MUI: 'X N R',
  MS: 'X U C',
  MC: 'X N L H',
  MI: 'X N L H',
  MA: 'X N L H',
});

/** The specification's Roundup (v3.1, appendix A): up to one decimal, on integers so that 4.02 never becomes 4.1 by binary noise. */
function roundUp(score: number): number {
  const scaled = Math.round(score * 100_000);
  return scaled % 10_000 === 0 ? scaled / 100_000 : (Math.floor(scaled / 10_000) + 1) / 10;
}
