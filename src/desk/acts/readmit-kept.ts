import { actKind } from '../act-kind.ts';
import { judgeEnd } from '../keeping/judge-kept.ts';
import { EndOfDecision, foldKept, keyOfKept, WhyKept } from '../keeping/kept-decisions.ts';

/** Lets something in again that was deleted or erased. */
export const readmitKept = actKind<EndOfDecision, WhyKept>({
  id: 'readmit-kept',
  summary: 'Let in again what was deleted or erased',
  permission: 'erasures:write',
  body: EndOfDecision,
  words: WhyKept,
  subjectOf: keyOfKept,
  keptOf: ({ about, subject }) => ({ decision: 'readmit', about, subject }),
  judge: (desk, command) => judgeEnd(desk, command, ['delete', 'erase'], 'erasures:write'),
  fold(desk, act) {
    foldKept(desk.kept, act);
  },
});
