import { Link } from './link.tsx';

/** Whether an advisory record is one that the office publishes to itself, by an incident. */
export function isOwnRecord(record: string): boolean {
  return record.startsWith('OWN-');
}

/** Names the act by which an advisory of our own came to be, and leads to its incident. */
export function IncidentLink({ record }: { readonly record: string }) {
  return (
    <Link className="link micro" href={`/incidents/${record}`} title="An advisory of our own, published by the act that opened this incident">
      opened as incident
    </Link>
  );
}
