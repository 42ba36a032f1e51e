import { actKind } from '../act-kind.ts';
import { judgeFirst } from '../keeping/judge-kept.ts';
import { foldKept, KeptThing, keyOfKept, WhyKept } from '../keeping/kept-decisions.ts';

/** Says that something lives no longer. */
export const retireKept = actKind<KeptThing, WhyKept>({
  id: 'retire-kept',
  summary: 'Say that a component or source lives no longer: its findings close as retired, its past stays',
  permission: 'components:retire',
  body: KeptThing,
  words: WhyKept,
  subjectOf: keyOfKept,
  keptOf: ({ about, subject }) => ({ decision: 'retire', about, subject }),
  judge: (desk, command) => judgeFirst(desk, command, 'retire', 'components:retire'),
  fold(desk, act) {
    foldKept(desk.kept, act);
  },
});
