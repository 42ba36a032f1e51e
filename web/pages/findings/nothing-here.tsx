import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { EmptyList } from '../../parts/empty-list.tsx';
import { useNow } from '../../parts/now.ts';
import { timeLeft } from '../../parts/words.ts';

/** Says that a view has no rows, and for what is due when the next one is: empty is good news only together with the coverage. */
export function NothingHere({ view }: { readonly view: string | undefined }) {
  const now = useNow();
  const isDue = view === 'overdue' || view === 'due';
  const next = useQuery({ ...ask('/v1/findings', {}, { sort: 'due', dueWithin: '3650', overdue: 'false', limit: '1' }), enabled: isDue });
  const first = next.data?.items[0];
  const name = first?.package?.name ?? first?.subject ?? '';
  const said = first?.due == null ? '' : `Next due: ${name}, ${timeLeft(first.due, now)}. `;
  return (
    <EmptyList title={view === 'overdue' ? 'Nothing overdue.' : view === 'due' ? 'Nothing due in 7 days.' : 'No finding matches.'}>
      {said}Read it together with the coverage above: what was not read has no findings.
    </EmptyList>
  );
}
