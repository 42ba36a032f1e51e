import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';

/** The same question, its answer kept until the estate changes. Only for those who see everything: others are few, and each has an answer of their own. */
export function rememberedWhole<Answer>(ask: (estate: Estate, visibility: Visibility) => Answer): (estate: Estate, visibility: Visibility) => Answer {
  const known = new WeakMap<Estate, { readonly seq: number; readonly answer: Answer }>();
  return (estate, visibility) => {
    if (visibility.kind !== 'all') return ask(estate, visibility);
    const kept = known.get(estate);
    if (kept?.seq === estate.seq) return kept.answer;
    const answer = ask(estate, visibility);
    known.set(estate, { seq: estate.seq, answer });
    return answer;
  };
}
