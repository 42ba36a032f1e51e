import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemLines } from '../../parts/problem-lines.tsx';

/** What could not be read in a component. */
export function ProblemsPanel({ component }: { readonly component: string }) {
  const query = useQuery(ask('/v1/problems', {}, { component, limit: '50' }));
  return (
    <Panel title="Problems" about="What could not be read, or is doubtful" flush>
      <Answered query={query} what="problems" rows={2}>
        {(list) => (list.items.length === 0 ? <Empty title="Everything found was read." /> : <ProblemLines problems={list.items} />)}
      </Answered>
    </Panel>
  );
}
