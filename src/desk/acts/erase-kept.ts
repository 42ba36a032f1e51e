import { actKind } from '../act-kind.ts';
import { judgeFirst } from '../keeping/judge-kept.ts';
import { foldKept, KeptThing, keyOfKept, WhyKept } from '../keeping/kept-decisions.ts';

/** Erases something for good. */
export const eraseKept = actKind<KeptThing, WhyKept>({
  id: 'erase-kept',
  summary: 'Erase a component, source, upload or bytes for good; who did it and why stays',
  permission: 'erasures:write',
  body: KeptThing,
  words: WhyKept,
  subjectOf: keyOfKept,
  keptOf: ({ about, subject }) => ({ decision: 'erase', about, subject }),
  judge: (desk, command) => judgeFirst(desk, command, 'erase', 'erasures:write'),
  fold(desk, act) {
    foldKept(desk.kept, act);
  },
});
