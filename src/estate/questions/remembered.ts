import { visibilityKey, type Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';

const keptAnswers = 16;

/** The same question, its answer kept until the estate changes, for each of the latest few who see something else: restricted askers wait no longer than others. */
export function rememberedWhole<Answer>(ask: (estate: Estate, visibility: Visibility) => Answer): (estate: Estate, visibility: Visibility) => Answer {
  const known = new WeakMap<Estate, { seq: number; readonly answers: Map<string, { readonly answer: Answer }> }>();
  return (estate, visibility) => {
    let kept = known.get(estate);
    if (kept?.seq !== estate.seq) known.set(estate, (kept = { seq: estate.seq, answers: new Map() }));
    const key = visibilityKey(visibility);
    const found = kept.answers.get(key);
    if (found !== undefined) return found.answer;
    const answer = ask(estate, visibility);
    kept.answers.set(key, { answer });
    const [oldest] = kept.answers.keys();
    if (kept.answers.size > keptAnswers && oldest !== undefined) kept.answers.delete(oldest);
    return answer;
  };
}
