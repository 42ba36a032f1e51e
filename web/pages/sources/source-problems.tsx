import { useQuery } from '@tanstack/react-query';
import { addressOf, ask } from '../../parts/api.ts';
import { EmptyList } from '../../parts/empty-list.tsx';
import { Link } from '../../parts/link.tsx';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemLines } from '../../parts/problem-lines.tsx';
import { count } from '../../parts/words.ts';

const limit = 100;

/** What could not be read, of one source or of all. */
export function SourceProblems({ origin }: { readonly origin: string | undefined }) {
  const query = useQuery(ask('/v1/problems', {}, { origin, limit: String(limit) }));
  return (
    <div id="problems">
      <Panel
        title={origin === undefined ? 'Problems of all sources' : `Problems of ${origin}`}
        about="What could not be read, or is doubtful; everything else was read"
        flush
        actions={
          <>
            {origin !== undefined && (
              <Link className="button" data-size="small" href="/sources">
                Show all
              </Link>
            )}
            <a className="button" data-size="small" href={addressOf('/v1/problems', {}, { origin, format: 'csv' })} download="problems.csv">
              CSV
            </a>
          </>
        }
      >
        <Answered query={query} what="problems" rows={3}>
          {(list) =>
            list.items.length === 0 ? (
              <EmptyList title="Everything found was read.">No source has a problem to tell.</EmptyList>
            ) : (
              <>
                <ProblemLines problems={list.items} />
                {list.total > list.items.length && <Empty title={`${count(list.total - list.items.length)} more are in the CSV.`} />}
              </>
            )
          }
        </Answered>
      </Panel>
    </div>
  );
}
