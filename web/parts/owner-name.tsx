import { IconUser } from '@tabler/icons-react';
import type { Owner } from '#server/schemas/owner.ts';
import { Unknown } from './certainty.tsx';

const words = { codeowners: 'CODEOWNERS', 'catalog-info': 'catalog-info.yaml', configured: 'the configuration' } as const;

/** A team's name or, marked as such, a person's, with how it is known on hover; "No owner" when no source names one. */
export function OwnerName({ owner }: { readonly owner: Owner | null }) {
  if (owner === null) return <NoOwner />;
  return (
    <span title={`From ${howKnown(owner)}`}>
      <TeamName team={owner.team} />
    </span>
  );
}

/** The same of a bare name; null is nobody. */
export function TeamName({ team }: { readonly team: string | null }) {
  if (team === null) return <NoOwner />;
  if (!isPerson(team)) return team;
  return (
    <span className="person">
      <IconUser size={13} stroke={1.75} aria-hidden="true" />
      {team}
      <span className="hidden"> (a person)</span>
    </span>
  );
}

/** Whether an owner is a person: `@marta-lind` or an e-mail. Teams have no such sign. */
export function isPerson(team: string): boolean {
  return team.includes('@');
}

function NoOwner() {
  return <Unknown why="No source names an owner">No owner</Unknown>;
}

/** How an owner is known: "CODEOWNERS line 4 (.github/CODEOWNERS)". */
export function howKnown(owner: Owner): string {
  const line = owner.line === null ? '' : ` line ${owner.line}`;
  return `${words[owner.how]}${line}${owner.path === null ? '' : ` (${owner.path})`}`;
}
