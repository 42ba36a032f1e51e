import { useQuery } from '@tanstack/react-query';
import { ask } from './api.ts';
import { EvidenceLine } from './certainty.tsx';
import { useSearchParams } from './search-params.ts';

/** How much of the estate a list can speak for. It is today's share, also when the list is of a past day. */
export function EstateCoverage() {
  const [{ asOf }] = useSearchParams();
  const { data } = useQuery(ask('/v1/estate'));
  if (data === undefined) return null;
  const { read, known } = data.coverage;
  return <EvidenceLine share={known === 0 ? null : read / known} what={`of the estate read in 7 days${asOf === undefined ? '' : ', now'}`} />;
}
