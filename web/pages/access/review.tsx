import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccessRow } from '#server/schemas/access.ts';
import { inWords, send } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { useSearchParams } from '../../parts/search-params.ts';
import { day, moment } from '../../parts/words.ts';

const how = { granted: 'given', delegated: 'stands in', 'break-glass': 'emergency' } as const;
const states = { holds: 'holds', planned: 'from later on', ended: 'has ended', revoked: 'taken away', left: 'has left' } as const;

/** Every role that was given, as rows to review and download. */
export function Review({ mayRevoke }: { readonly mayRevoke: boolean }) {
  const [search, change] = useSearchParams();
  const client = useQueryClient();
  const [said, setSaid] = useState('');
  const revoke = (grant: string) => {
    send('POST', '/v1/acts/revoke-role', { body: { grant }, words: {} })
      .then(() => client.invalidateQueries({ queryKey: ['/v1/access'] }))
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <>
      <label className="line">
        <span className="quiet">Show</span>
        <select
          className="field"
          value={search['state'] ?? ''}
          onChange={(event) => change({ state: event.target.value === '' ? undefined : event.target.value })}
        >
          <option value="">every role ever given</option>
          {Object.entries(states).map(([state, word]) => (
            <option key={state} value={state}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <p role="alert">{said}</p>
      <DataTable
        path="/v1/access"
        filters={{ state: search['state'], q: search['q'] }}
        columns={columnsFor(mayRevoke, revoke)}
        keyOf={(one) => one.id}
        what="roles"
        order="person"
        empty={
          <Empty title="Nobody has a role.">
            Add a person under People and make them an administrator; until then a login link may do everything.
          </Empty>
        }
      />
    </>
  );
}

function columnsFor(mayRevoke: boolean, revoke: (grant: string) => void): readonly Column<AccessRow>[] {
  return [
    { id: 'person', head: 'Person', sort: 'person', cell: (one) => <b>{one.person.name}</b> },
    { id: 'role', head: 'Role', sort: 'role', cell: (one) => one.title },
    { id: 'teams', head: 'Teams', cell: (one) => one.teams.join(', ') || <span className="faint">none</span> },
    { id: 'how', head: 'How', cell: (one) => (one.how === 'break-glass' ? <b>{how[one.how]}</b> : how[one.how]) },
    { id: 'by', head: 'By', cell: (one) => one.by.name },
    { id: 'since', head: 'Since', sort: 'since', cell: (one) => moment(one.since) },
    { id: 'until', head: 'Until', sort: 'until', cell: (one) => (one.until === null ? <span className="faint">open</span> : moment(one.until)) },
    { id: 'last', head: 'Last sign-in', cell: (one) => (one.lastSignIn === null ? <span className="faint">never</span> : day(one.lastSignIn)) },
    {
      id: 'state',
      head: 'State',
      cell: (one) =>
        one.state === 'holds' && mayRevoke ? (
          <button type="button" className="button" data-size="small" onClick={() => revoke(one.id)}>
            Take away
          </button>
        ) : (
          <span className="quiet">{states[one.state]}</span>
        ),
    },
  ];
}
