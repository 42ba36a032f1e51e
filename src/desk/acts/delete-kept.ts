import { actKind } from '../act-kind.ts';
import { judgeFirst } from '../keeping/judge-kept.ts';
import { foldKept, KeptThing, keyOfKept, WhyKept } from '../keeping/kept-decisions.ts';

/** Takes something out of the estate and its past. */
export const deleteKept = actKind<KeptThing, WhyKept>({
  id: 'delete-kept',
  summary: 'Take a component or source out of the estate and its past',
  permission: 'components:delete',
  body: KeptThing,
  words: WhyKept,
  subjectOf: keyOfKept,
  keptOf: ({ about, subject }) => ({ decision: 'delete', about, subject }),
  judge: (desk, command) => judgeFirst(desk, command, 'delete', 'components:delete'),
  fold(desk, act) {
    foldKept(desk.kept, act);
  },
});
