import { metricValues, readMetrics } from './metrics.ts';
import { macroVectorScores } from './v4-scores.ts';

/**
 * Score, 0 to 10, of a CVSS v4.0 vector (https://www.first.org/cvss/v4.0/specification-document), null when it is none.
 * Version 4.0 has one score: threat and environmental metrics count where the vector gives them, and the worst is assumed where it does not.
 */
export function cvss4Score(vector: string): number | null {
  const metrics = vector.startsWith('CVSS:4.0/') ? readMetrics(vector.slice(9), mandatory, optional) : null;
  if (metrics === null) return null;
  const value = effectiveValues(metrics);
  if (['VC', 'VI', 'VA', 'SC', 'SI', 'SA'].every((metric) => value(metric) === 'N')) return 0;

  const classes = classesOf(value);
  const score = scoreOf(classes);
  if (score === null) return null;
  const steps = lowerings(classes).flatMap(({ lower, part }) => {
    const below = lower.map(scoreOf).filter((known) => known !== null);
    return below.length === 0 ? [] : [(score - Math.max(...below)) * (part === null ? 0 : shareOfDepth(part, value))];
  });
  const mean = steps.length === 0 ? 0 : steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return Math.round(Math.min(Math.max(score - mean, 0), 10) * 10 + 1e-5) / 10;
}

type Value = (metric: string) => string;

/** Equivalence class, 0 the most severe, for each of the six sets of metrics (specification, section 7.2). */
type Classes = readonly [eq1: number, eq2: number, eq3: number, eq4: number, eq5: number, eq6: number];

/** One set of metrics within its class: how deep the class is in steps, and the most severe vectors in it. */
type Part = { readonly depth: number; readonly worst: readonly string[] };

function effectiveValues(metrics: ReadonlyMap<string, string>): Value {
  return (metric) => {
    const modified = metrics.get(`M${metric}`) ?? 'X';
    const value = modified === 'X' ? (metrics.get(metric) ?? 'X') : modified;
    if (value !== 'X') return value;
    return metric === 'E' ? 'A' : 'H';
  };
}

function classesOf(value: Value): Classes {
  const easy = [value('AV'), value('PR'), value('UI')].filter((level) => level === 'N').length;
  const eq1 = easy === 3 ? 0 : easy > 0 && value('AV') !== 'P' ? 1 : 2;
  const eq2 = value('AC') === 'L' && value('AT') === 'N' ? 0 : 1;
  const high = ['VC', 'VI', 'VA'].map((metric) => value(metric) === 'H');
  const eq3 = high[0] === true && high[1] === true ? 0 : high.includes(true) ? 1 : 2;
  const eq4 = value('SI') === 'S' || value('SA') === 'S' ? 0 : ['SC', 'SI', 'SA'].some((metric) => value(metric) === 'H') ? 1 : 2;
  const eq5 = ['A', 'P', 'U'].indexOf(value('E'));
  const eq6 = ['C', 'I', 'A'].some((asset) => value(`${asset}R`) === 'H' && value(`V${asset}`) === 'H') ? 0 : 1;
  return [eq1, eq2, eq3, eq4, eq5, eq6];
}

function scoreOf([eq1, eq2, eq3, eq4, eq5, eq6]: Classes): number | null {
  return macroVectorScores.get(`${String(eq1)}${String(eq2)}${String(eq3)}${String(eq6)}`)?.[eq4]?.[eq5] ?? null;
}

/** For each set of metrics the classes one step less severe; sets 3 and 6 move together, on two ways down from their top. */
function lowerings([eq1, eq2, eq3, eq4, eq5, eq6]: Classes): readonly { readonly lower: readonly Classes[]; readonly part: Part | null }[] {
  const milderImpact: Classes = [eq1, eq2, eq3 + 1, eq4, eq5, eq6];
  const milderNeeds: Classes = [eq1, eq2, eq3, eq4, eq5, eq6 + 1];
  const impactDown = eq6 === 1 ? [milderImpact] : eq3 === 1 ? [milderNeeds] : [milderImpact, milderNeeds];
  return [
    { lower: [[eq1 + 1, eq2, eq3, eq4, eq5, eq6]], part: exploitability[eq1] ?? null },
    { lower: [[eq1, eq2 + 1, eq3, eq4, eq5, eq6]], part: complexity[eq2] ?? null },
    { lower: impactDown, part: impact[`${String(eq3)}${String(eq6)}`] ?? null },
    { lower: [[eq1, eq2, eq3, eq4 + 1, eq5, eq6]], part: subsequent[eq4] ?? null },
    { lower: [[eq1, eq2, eq3, eq4, eq5 + 1, eq6]], part: null }, // a class of threat holds one value: nothing lies between
  ];
}

/** How far below the worst vector of its class the value lies, as a share of the class's depth. */
function shareOfDepth(part: Part, value: Value): number {
  for (const worst of part.worst) {
    const distances = worst.split('/').map((metric) => {
      const [name = '', level = ''] = metric.split(':');
      return rank(name, value(name)) - rank(name, level);
    });
    if (distances.every((distance) => distance >= 0)) return distances.reduce((sum, distance) => sum + distance, 0) / part.depth;
  }
  return 0;
}

function rank(metric: string, level: string): number {
  return (ranks[metric] ?? []).indexOf(level);
}

const ranks = metricValues({
  AV: 'N A L P',
  PR: 'N L H',
  UI: 'N P A',
  AC: 'L H',
  AT: 'N P',
  VC: 'H L N',
  VI: 'H L N',
  VA: 'H L N',
  SC: 'S H L N',
  SI: 'S H L N',
  SA: 'S H L N',
  CR: 'H M L',
  IR: 'H M L',
  AR: 'H M L',
});

const exploitability: readonly Part[] = [
  { depth: 1, worst: ['AV:N/PR:N/UI:N'] },
  { depth: 4, worst: ['AV:A/PR:N/UI:N', 'AV:N/PR:L/UI:N', 'AV:N/PR:N/UI:P'] },
  { depth: 5, worst: ['AV:P/PR:N/UI:N', 'AV:A/PR:L/UI:P'] },
];

const complexity: readonly Part[] = [
  { depth: 1, worst: ['AC:L/AT:N'] },
  { depth: 2, worst: ['AC:H/AT:N', 'AC:L/AT:P'] },
];

const impact: Readonly<Record<string, Part>> = {
  '00': { depth: 7, worst: ['VC:H/VI:H/VA:H/CR:H/IR:H/AR:H'] },
  '01': { depth: 6, worst: ['VC:H/VI:H/VA:L/CR:M/IR:M/AR:H', 'VC:H/VI:H/VA:H/CR:M/IR:M/AR:M'] },
  '10': { depth: 8, worst: ['VC:L/VI:H/VA:H/CR:H/IR:H/AR:H', 'VC:H/VI:L/VA:H/CR:H/IR:H/AR:H'] },
  '11': {
    depth: 8,
    worst: [
      'VC:L/VI:H/VA:L/CR:H/IR:M/AR:H',
      'VC:L/VI:H/VA:H/CR:H/IR:M/AR:M',
      'VC:H/VI:L/VA:H/CR:M/IR:H/AR:M',
      'VC:H/VI:L/VA:L/CR:M/IR:H/AR:H',
      'VC:L/VI:L/VA:H/CR:H/IR:H/AR:M',
    ],
  },
  '21': { depth: 10, worst: ['VC:L/VI:L/VA:L/CR:H/IR:H/AR:H'] },
};

const subsequent: readonly Part[] = [
  { depth: 6, worst: ['SC:H/SI:S/SA:S'] },
  { depth: 5, worst: ['SC:H/SI:H/SA:H'] },
  { depth: 4, worst: ['SC:L/SI:L/SA:L'] },
];

const mandatory = metricValues({
  AV: 'N A L P',
  AC: 'L H',
  AT: 'N P',
  PR: 'N L H',
  UI: 'N P A',
  VC: 'H L N',
  VI: 'H L N',
  VA: 'H L N',
  SC: 'H L N',
  SI: 'H L N',
  SA: 'H L N',
});

const optional = metricValues({
  E: 'X A P U',
  CR: 'X H M L',
  IR: 'X H M L',
  AR: 'X H M L',
  MAV: 'X N A L P',
  MAC: 'X L H',
  MAT: 'X N P',
  MPR: 'X N L H',
  MUI: 'X N P A',
  MVC: 'X H L N',
  MVI: 'X H L N',
  MVA: 'X H L N',
  MSC: 'X H L N',
  MSI: 'X S H L N',
  MSA: 'X S H L N',
  S: 'X N P',
  AU: 'X N Y',
  R: 'X A U I',
  V: 'X D C',
  RE: 'X L M H',
  U: 'X Clear Green Amber Red',
});
