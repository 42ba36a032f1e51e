import type { EvidencePack } from '#server/schemas/evidence.ts';
import { counted, day } from '../../parts/words.ts';

/** What each population is. */
export const populationWords: Readonly<Record<EvidencePack['question']['population'], string>> = {
  findings: 'Open findings',
  decisions: 'Decisions about findings',
  exceptions: 'Exceptions that hold',
  components: 'Components',
};

/** Severities as they can be asked for. */
export const severities = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** A question as one sentence. */
export function questionInWords({ population, team, severity, about, asOf, known, seed, size }: EvidencePack['question']): string {
  const what = [
    populationWords[population],
    ...(severity === null ? [] : [`of severity ${severity}`]),
    ...(team === null ? [] : [`of team ${team}`]),
    ...(about === null ? [] : [`that name ${about}`]),
  ].join(' ');
  return `${what}, as they were at the end of ${day(asOf)} and as known and decided until ${day(known)}; ${counted(size, 'row')} by the seed “${seed}”.`;
}
