import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../parts/api.ts';
import { Answered, Empty } from '../../parts/page-state.tsx';
import { PageHead, Panel } from '../../parts/panel.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { counted } from '../../parts/words.ts';
import styles from './access.module.css';
import { People } from './people.tsx';
import { Review } from './review.tsx';
import { Roles } from './roles.tsx';

const views = [
  { value: 'review', label: 'Review' },
  { value: 'people', label: 'People' },
  { value: 'roles', label: 'Roles' },
];

/** Who may do what, since when and by whom: for administrators, the office and auditors. */
export function Page() {
  const [search, change] = useSearchParams();
  const session = useQuery(ask('/v1/session'));
  const view = search['view'] ?? 'review';
  return (
    <div className={styles['page']}>
      <PageHead
        title="Access"
        about="Every role that was ever given, with who gave it. Whoever hands out access decides nothing."
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Show"
            data={views}
            value={view}
            onChange={(next) => change({ view: next === 'review' ? undefined : next, sort: undefined, q: undefined })}
          />
        }
      />
      <Answered query={session} what="your rights">
        {({ permissions }) => {
          if (view === 'roles') return <Roles />;
          if (!permissions.includes(view === 'people' ? 'people:read' : 'access:read'))
            return (
              <Empty title="This is for administrators, the open source office, auditors and risk.">
                Ask one of them; your own roles stand in your account.
              </Empty>
            );
          return view === 'people' ? (
            <People mayGrant={permissions.includes('access:grant')} />
          ) : (
            <Whole mayRevoke={permissions.includes('access:write')} />
          );
        }}
      </Answered>
    </div>
  );
}

function Whole({ mayRevoke }: { readonly mayRevoke: boolean }) {
  const summary = useQuery(ask('/v1/access', {}, { limit: '1' }));
  const broken = summary.data?.brokenGlass ?? 0;
  const restricted = summary.data?.restrictedTeams ?? [];
  return (
    <div className={styles['page']}>
      {broken > 0 && (
        <p role="alert">
          <b>{counted(broken, 'emergency', 'emergencies')} under way.</b> Somebody holds a role that nobody gave them: see below who and why.
        </p>
      )}
      {restricted.length > 0 && (
        <Panel title="Restricted teams" about="Seen by their members, the office, security, auditors and risk only">
          {restricted.join(', ')}
        </Panel>
      )}
      <Review mayRevoke={mayRevoke} />
    </div>
  );
}
