import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { FindingList } from '#server/schemas/finding.ts';
import { ask } from '../../parts/api.ts';
import { useSearchParams } from '../../parts/search-params.ts';
import type { Search } from '../../parts/search-params.ts';

const pageSize = '50';

/** The filtered findings, page after page; `more` is null when all are there. */
export function useFindings(filters: Search) {
  const [search] = useSearchParams();
  const asked = { ...filters, sort: search['sort'], limit: pageSize };
  const query = useInfiniteQuery({
    queryKey: ['findings', asked],
    queryFn: async (context): Promise<FindingList> => {
      const question = ask('/v1/findings', {}, { ...asked, cursor: context.pageParam ?? undefined });
      return context.client.query(question);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: FindingList) => page.next,
    placeholderData: keepPreviousData,
  });
  return { query, more: query.hasNextPage ? () => void query.fetchNextPage() : null };
}
