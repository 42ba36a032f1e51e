import { refusalWords, type Ruling } from '#desk/licences/refusals.ts';
import { rank, type LicenceVerdict } from '#analysis/licences/verdict.ts';
import type { PolicyVerdict } from '#model/licence.ts';

/** The verdict of a use of which something was decided beside the policy: an exception makes nothing worse, a refusal nothing better. */
export function ruledVerdict(ruling: Ruling, byPolicy: PolicyVerdict): PolicyVerdict {
  switch (ruling.kind) {
    case 'permits':
      return isPermitted(byPolicy) ? byPolicy : ruling.exception.verdict;
    case 'denies':
      return 'denied';
    case 'open':
      return byPolicy === 'denied' ? 'denied' : 'unknown';
    default:
      return ruling satisfies never;
  }
}

/** True for what needs no exception. */
export function isPermitted(verdict: PolicyVerdict): boolean {
  return rank(verdict) <= rank('conditions');
}

/** The same as a whole verdict, with who says so and what the policy would say alone; as it is where nothing was decided. */
export function ruled<Verdict extends Pick<LicenceVerdict, 'verdict' | 'because' | 'rule' | 'asks'>>(
  judged: Verdict,
  ruling: Ruling | null,
): Verdict {
  if (ruling === null) return judged;
  const verdict = ruledVerdict(ruling, judged.verdict);
  switch (ruling.kind) {
    case 'permits': {
      const { passesGate, until } = ruling.exception;
      const word = passesGate === true ? 'Let pass without counsel' : 'Permitted by an exception';
      const because = `${word} until ${new Date(until).toISOString().slice(0, 10)}. Without it: ${judged.because}`;
      return isPermitted(judged.verdict) ? judged : { ...judged, verdict, because };
    }
    case 'denies': {
      const words = refusalWords(ruling.refusal);
      return { ...judged, verdict, rule: null, because: `${words.charAt(0).toUpperCase()}${words.slice(1)}. By the policy alone: ${judged.because}` };
    }
    case 'open': {
      if (judged.verdict === 'denied') return judged;
      const { delivery } = ruling.refusal.predicate;
      const because = `How it is delivered decides it: ${delivery ?? ''} it is ${refusalWords(ruling.refusal)}. By the policy alone: ${judged.because}`;
      return { ...judged, verdict, because, asks: [...new Set([...judged.asks, 'delivery' as const])] };
    }
    default:
      return ruling satisfies never;
  }
}
