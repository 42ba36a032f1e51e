import type { Finding } from '#server/schemas/finding.ts';

const words: Readonly<Record<NonNullable<Finding['triage']>, string>> = {
  open: 'open',
  'in-triage': 'in triage',
  exploitable: 'exploitable',
  workaround: 'workaround',
  'fixed-in-source': 'fixed in source',
  built: 'built',
  accepted: 'risk accepted',
  'not-affected': 'not affected',
  'false-positive': 'false positive',
};
const done: ReadonlySet<string> = new Set(['not-affected', 'false-positive', 'accepted']);

/** How a finding stands on the desk, once somebody or some evidence said so; nothing while it is simply open. */
export function TriageBadge({ triage }: Pick<Finding, 'triage'>) {
  if (triage === null || triage === 'open') return null;
  return (
    <span className="badge" data-tone={done.has(triage) ? 'ok' : undefined}>
      {words[triage]}
    </span>
  );
}
