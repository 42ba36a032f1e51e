import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { Drawn } from './drawn.tsx';
import styles from './evidence.module.css';
import { LedgerCheckPanel } from './ledger-check.tsx';
import { QuestionForm } from './question-form.tsx';
import { Sample } from './sample.tsx';

/** What an auditor does: ask for a population, draw a sample, read what each row rests on, prove the ledger, take it along. */
export function Page() {
  const [search, change] = useSearchParams();
  const session = useQuery(ask('/v1/session'));
  const id = search['pack'] ?? '';
  const pack = useQuery({
    ...ask('/v1/evidence-packs/:id', { id }),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'working' ? 300 : false),
  });
  return (
    <div className="page">
      <PageHead
        title="Evidence"
        about="Ask for a population, draw a sample, read what each row rests on, and take it along. That you did stands in the ledger."
      />
      <Answered query={session} what="what you may draw" rows={6}>
        {({ permissions }) =>
          permissions.includes('findings:read') ? (
            <div className={styles['parts']}>
              <QuestionForm mayReadLedger={permissions.includes('ledger:read')} onDrawn={(drawn) => change({ pack: drawn, row: undefined })} />
              {id !== '' && (
                <Answered query={pack} what="the evidence" rows={4}>
                  {(drawn) => (
                    <>
                      <Drawn pack={drawn} again={() => void pack.refetch()} />
                      {drawn.sample !== null && drawn.sample.length > 0 && <Sample key={drawn.id} pack={drawn} sample={drawn.sample} />}
                    </>
                  )}
                </Answered>
              )}
              {permissions.includes('ledger:read') && <LedgerCheckPanel />}
            </div>
          ) : (
            <Empty title="You may draw no evidence.">It is for who may read findings; the role auditor reads all of them.</Empty>
          )
        }
      </Answered>
    </div>
  );
}
