import type { SeverityLevel } from '#model/advisory.ts';

/** One open finding as a ticket tells of it. Names and titles are those of others: not yet safe to show. */
export type TicketFinding = {
  /** Finding id. */
  readonly id: string;
  /** Every id of its advisory, best known first; empty for what a rule found. */
  readonly ids: readonly string[];
  readonly title: string;
  readonly severity: SeverityLevel;
  /** Versions in use that are hit. */
  readonly versions: readonly string[];
  readonly fix: string | null;
  /** ISO day on which it is due; null where no clock runs. */
  readonly due: string | null;
  /** What makes it more than a number: exploited, malicious, planned, fixed in the source. */
  readonly notes: readonly string[];
};

/** Why a finding is no longer in its ticket. */
export type TicketEnd = { readonly id: string; readonly name: string; readonly because: string };

/** What another system is to show of one package in one component: all that is open there, in one ticket. */
export type Ticket = {
  /** 32 characters of hex by which it is found again there. */
  readonly marker: string;
  readonly component: { readonly ref: string; readonly name: string };
  /** Name of the package; empty for what is about the component itself. */
  readonly package: string;
  readonly purl: string;
  readonly isOpen: boolean;
  readonly findings: readonly TicketFinding[];
  readonly ended: readonly TicketEnd[];
};

const mostEnds = 50;

/** What is open now of a ticket's package and component. */
export type TicketNow = Omit<Ticket, 'isOpen' | 'ended'> & {
  /** Whether one of them is to be acted on by a day, and so makes a ticket where there is none. */
  readonly isWanted: boolean;
};

/**
 * What a ticket shall say: null where none is wanted or nothing is to be changed. `endOf` says why a finding that was in it is no longer open; null where
 * that cannot be told at this moment, and then it stays as it was. A ticket that is closed is opened again by what would make a new one.
 */
export function ticketAfter(before: Ticket | null, now: TicketNow, endOf: (id: string) => string | null): Ticket | null {
  const { isWanted, ...rest } = now;
  if (before === null) return isWanted ? { ...rest, isOpen: true, ended: [] } : null;
  if (!before.isOpen && !isWanted) return null;
  const open = new Set(now.findings.map(({ id }) => id));
  const names = new Set(now.findings.flatMap(({ ids }) => ids));
  const lost = before.findings.filter(({ id }) => !open.has(id));
  // An advisory that was joined with another one goes on under the other's name.
  const gone = lost.filter(({ ids }) => !ids.some((id) => names.has(id)));
  const ends = gone.map((finding): TicketEnd | TicketFinding => {
    const because = endOf(finding.id);
    return because === null ? finding : { id: finding.id, name: nameOfFinding(finding), because };
  });
  const findings = [...now.findings, ...ends.filter((each): each is TicketFinding => !('because' in each))];
  const ended = [...before.ended.filter(({ id }) => !open.has(id)), ...ends.filter((each): each is TicketEnd => 'because' in each)].slice(-mostEnds);
  return { ...rest, findings, ended, isOpen: findings.length > 0 };
}

/** What a finding is called in one or two words. */
export function nameOfFinding({ ids, title }: Pick<TicketFinding, 'ids' | 'title'>): string {
  return ids[0] ?? title;
}
