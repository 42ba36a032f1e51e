import { actKind } from '../act-kind.ts';
import { judgeEnd } from '../keeping/judge-kept.ts';
import { EndOfDecision, foldKept, keyOfKept, WhyKept } from '../keeping/kept-decisions.ts';

/** Brings something back that was retired. */
export const returnKept = actKind<EndOfDecision, WhyKept>({
  id: 'return-kept',
  summary: 'Bring back what was retired, with the clocks it had',
  permission: 'components:retire',
  body: EndOfDecision,
  words: WhyKept,
  subjectOf: keyOfKept,
  keptOf: ({ about, subject }) => ({ decision: 'return', about, subject }),
  judge: (desk, command) => judgeEnd(desk, command, ['retire'], 'components:retire'),
  fold(desk, act) {
    foldKept(desk.kept, act);
  },
});
