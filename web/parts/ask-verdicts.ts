import { queryOptions } from '@tanstack/react-query';
import type { Verdicts, VerdictsWanted } from '#server/schemas/licence.ts';
import { send } from './api.ts';

/** What is asked of the IP policy, for one component or none. */
type Wanted = { readonly packages?: readonly Pick<NonNullable<VerdictsWanted['packages']>[number], 'purl'>[]; readonly component?: string };

/** Policy verdicts for `useQuery`: asked by a body, and changing nothing. */
export function askVerdicts(wanted: Wanted) {
  return queryOptions({
    queryKey: ['/v1/verdicts', JSON.stringify(wanted)],
    queryFn: async () => (await send('POST', '/v1/verdicts', wanted)) as Verdicts,
  });
}
