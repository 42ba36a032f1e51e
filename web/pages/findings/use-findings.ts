import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { FindingList } from '#server/schemas/finding.ts';
import { read } from '../../parts/api.ts';
import type { Search } from '../../parts/search-params.ts';

const pageSize = '100';

/** The filtered findings, page after page; `more` loads the next one, null when all are there or on their way. */
export function useFindings(filters: Search, sort: string, enabled: boolean) {
  const asked = { ...filters, sort, limit: pageSize };
  const query = useInfiniteQuery({
    queryKey: ['findings', asked],
    queryFn: ({ pageParam, signal }) => read('/v1/findings', {}, { ...asked, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: FindingList) => page.next,
    placeholderData: keepPreviousData,
    enabled,
  });
  const findings = query.data?.pages.flatMap((page) => page.items) ?? [];
  const more = query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null;
  return { query, findings, total: query.data?.pages[0]?.total ?? 0, more };
}
