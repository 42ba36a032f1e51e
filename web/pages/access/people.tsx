import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '#server/schemas/access.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import styles from './access.module.css';
import { useSearchParams } from '../../parts/search-params.ts';
import { day } from '../../parts/words.ts';
import { newId } from './new-id.ts';

/** People known here, adding one, and giving them roles. */
export function People({ mayGrant }: { readonly mayGrant: boolean }) {
  const [search] = useSearchParams();
  const client = useQueryClient();
  const [said, setSaid] = useState('');
  const done = (act: Promise<unknown>) => {
    act
      .then(() => {
        setSaid('');
        return client.invalidateQueries({ queryKey: ['/v1/people'] });
      })
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <div className={styles['page']}>
      <AddPerson onAdd={done} />
      <p role="alert">{said}</p>
      <DataTable
        path="/v1/people"
        filters={{ q: search['q'], team: search['team'] }}
        columns={columnsFor(mayGrant, done)}
        keyOf={(one) => one.id}
        what="people"
        order="name"
        empty={<Empty title="Nobody is known here yet.">Add a person, or import them.</Empty>}
      />
    </div>
  );
}

type Doing = (act: Promise<unknown>) => void;

function AddPerson({ onAdd }: { readonly onAdd: Doing }) {
  const [name, setName] = useState('');
  const [user, setUser] = useState('');
  const [teams, setTeams] = useState('');
  const add = () => {
    const id = `person:${newId()}`;
    const inTeams = teams.split(/[\s,]+/).filter((each) => each !== '');
    onAdd(
      send('POST', '/v1/acts/record-people', {
        body: { source: 'local', people: [{ id, teams: inTeams }] },
        words: { people: [{ id, name, user }] },
      }),
    );
  };
  return (
    <Panel title="Add a person" about="They sign in by a link made for their user name, and set a password then">
      <form
        className="line"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input className="field" aria-label="Name" placeholder="Name" required value={name} onChange={(event) => setName(event.target.value)} />
        <input
          className="field"
          aria-label="User name"
          placeholder="User name"
          required
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
        <input className="field" aria-label="Teams" placeholder="Teams" value={teams} onChange={(event) => setTeams(event.target.value)} />
        <button type="submit" className="button">
          Add
        </button>
      </form>
    </Panel>
  );
}

function columnsFor(mayGrant: boolean, onDo: Doing): readonly Column<Person>[] {
  return [
    { id: 'name', head: 'Person', sort: 'name', cell: (one) => <b>{one.name ?? one.id}</b> },
    { id: 'user', head: 'User name', cell: (one) => one.user ?? <span className="faint">none</span> },
    { id: 'teams', head: 'Teams', sort: 'team', cell: (one) => one.teams.join(', ') || <span className="faint">none</span> },
    { id: 'roles', head: 'Roles', cell: (one) => one.roles.join(', ') || <span className="faint">none</span> },
    { id: 'last', head: 'Last sign-in', cell: (one) => (one.lastSignIn === null ? <span className="faint">never</span> : day(one.lastSignIn)) },
    {
      id: 'give',
      head: 'Give a role',
      cell: (one) => (!one.active ? <span className="quiet">has left</span> : mayGrant ? <GiveRole person={one.id} onDo={onDo} /> : null),
    },
  ];
}

function GiveRole({ person, onDo }: { readonly person: string; readonly onDo: Doing }) {
  const roles = useQuery(ask('/v1/roles'));
  return (
    <select
      className="field"
      aria-label="Give a role"
      value=""
      onChange={(event) => onDo(send('POST', '/v1/acts/grant-role', { body: { id: newId(), person, role: event.target.value }, words: {} }))}
    >
      <option value="">Choose…</option>
      {roles.data?.roles.map((role) => (
        <option key={role.id} value={role.id}>
          {role.title}
        </option>
      ))}
    </select>
  );
}
