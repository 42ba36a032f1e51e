import type { Owner } from '#server/schemas/owner.ts';
import { Unknown } from './certainty.tsx';

const words = { codeowners: 'CODEOWNERS', 'catalog-info': 'catalog-info.yaml', configured: 'the configuration' } as const;

/** A team's name with, on hover, how it is known; "No owner" when no source names one. */
export function OwnerName({ owner }: { readonly owner: Owner | null }) {
  if (owner === null) return <Unknown why="No source names an owner">No owner</Unknown>;
  return <span title={`From ${howKnown(owner)}`}>{owner.team}</span>;
}

/** How an owner is known: "CODEOWNERS line 4 (.github/CODEOWNERS)". */
export function howKnown(owner: Owner): string {
  const line = owner.line === null ? '' : ` line ${owner.line}`;
  return `${words[owner.how]}${line}${owner.path === null ? '' : ` (${owner.path})`}`;
}
