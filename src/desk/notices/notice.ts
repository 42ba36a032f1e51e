/** What may be said to people, most urgent first. */
export const noticeKinds = [
  'incident',
  'malicious',
  'exploited',
  'act',
  'escalated',
  'overdue',
  'due-soon',
  'decision-ended',
  'decision-ending',
  'second-person',
  'owner-question',
  'owner-disclaimed',
  'council-vote',
  'council-overdue',
  'council-answer',
  'condition-due',
  'gate-passed',
  'approvals-waiting',
  'digest',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Said whatever the hour. */
export const urgentKinds: ReadonlySet<NoticeKind> = new Set(['incident', 'malicious', 'exploited']);

/** Who is to hear something: a team, a part in the office, or a person by pseudonym. */
export type Addressee =
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'lead'; readonly team: string }
  | { readonly kind: 'department'; readonly team: string }
  | { readonly kind: 'office' }
  /** Who may be the second person, so not those of `but` nor who stands in for them. */
  | { readonly kind: 'approvers'; readonly teams: readonly (string | null)[]; readonly but: readonly string[] }
  /** Somebody as a file names them: a user name or mail address. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'person'; readonly id: string };

/** One thing that is to be said once. */
export type Notice = {
  readonly kind: NoticeKind;
  /** Lasting name of what is said: the same again is not said again. */
  readonly key: string;
  readonly to: readonly Addressee[];
  /** Whose business it is: those who may not see these teams do not hear of it. Null stands for what no team owns. */
  readonly teams: readonly (string | null)[];
  /** What it is about, in names of others: not yet safe to show. */
  readonly about: string;
  /** One line about it. */
  readonly line: string;
  /** Page of the office with it, from `/`. */
  readonly page: string;
  /** Nothing in it that the catalogue does not tell everybody; absent means that it tells of findings. */
  readonly isOfCatalogue?: true;
};

/** What somebody is told at once: notices of one kind about one thing. */
export type Message = {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly page: string }[];
  /** How many more there are than lines. */
  readonly more: number;
  /** Page of the office with all of it. */
  readonly page: string;
};
