import { escaped } from '#language/escaped.ts';
import type { Message, Notice, NoticeKind } from './notice.ts';

const mostLines = 20;
const longestText = 300;

/** Notices for one and the same listener as few messages: one for each kind and thing, or for each kind alone where `whole`. The most urgent come first. */
export function bundled(notices: readonly Notice[], whole: boolean): readonly { readonly message: Message; readonly notices: readonly Notice[] }[] {
  const groups = Map.groupBy(notices, ({ kind, about }) => (whole ? kind : `${kind} ${about}`));
  return [...groups.values()].map((of) => ({ message: messageOf(of), notices: of }));
}

function messageOf(notices: readonly Notice[]): Message {
  const [first] = notices;
  if (first === undefined) throw new Error('A message needs something to say.');
  const shown = notices.slice(0, mostLines);
  const abouts = new Set(notices.map(({ about }) => about));
  const about = abouts.size === 1 ? shortened(first.about) : `${String(abouts.size)} at once`;
  return {
    kind: first.kind,
    title: `${titles[first.kind]}: ${about}`,
    lines: shown.map(({ line, page }) => ({ text: shortened(line), page })),
    more: notices.length - shown.length,
    page: notices.length === 1 ? first.page : pages[first.kind],
  };
}

/** Text of others on one line that no terminal, mail or chat takes for more than text. */
export function shortened(text: string): string {
  const safe = escaped(text.replace(/\s+/g, ' ').trim());
  return safe.length <= longestText ? safe : `${safe.slice(0, longestText - 1)}…`;
}

const titles: Readonly<Record<NoticeKind, string>> = {
  incident: 'Incident, answer please',
  malicious: 'Malicious package in use',
  exploited: 'Known to be exploited',
  act: 'To act on',
  escalated: 'Overdue, and now yours',
  overdue: 'Overdue',
  'due-soon': 'Due soon',
  'decision-ended': 'Decision ended',
  'decision-ending': 'Decision ends soon',
  'second-person': 'Waits for a second person',
  'owner-question': 'Who answers for it?',
  'owner-disclaimed': 'Whose is it?',
  'council-vote': 'Your vote in the council',
  'council-overdue': 'Overdue in the council',
  'council-answer': 'From the council',
  'condition-due': 'Condition of the council',
  'gate-passed': 'A blocked build was let pass',
  'approvals-waiting': 'Approvals of other tools wait for counsel',
  digest: 'Digest',
};

const pages: Readonly<Record<NoticeKind, string>> = {
  incident: '/incidents',
  malicious: '/findings?sort=risk',
  exploited: '/findings?kev=true',
  act: '/findings?sort=risk',
  escalated: '/findings?sort=due',
  overdue: '/findings?sort=due',
  'due-soon': '/findings?sort=due',
  'decision-ended': '/decisions',
  'decision-ending': '/decisions',
  'second-person': '/decisions',
  'owner-question': '/ownership?reason=inferred',
  'owner-disclaimed': '/ownership?reason=disclaimed',
  'council-vote': '/council?forMe=true',
  'council-overdue': '/council?overdue=true',
  'council-answer': '/council',
  'condition-due': '/council?view=conditions',
  'gate-passed': '/exceptions?kind=break-glass',
  'approvals-waiting': '/approvals?state=unconfirmed',
  digest: '/findings',
};
