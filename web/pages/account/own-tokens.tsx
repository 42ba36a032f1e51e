import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Token } from '#server/schemas/access.ts';
import type { Session } from '#server/schemas/session.ts';
import { inWords, send } from '../../parts/api.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/page-state.tsx';
import { Panel } from '../../parts/panel.tsx';
import { day } from '../../parts/words.ts';
import styles from './account.module.css';

const dayMs = 24 * 3_600_000;
const offered = ['estate:read', 'findings:read', 'sources:read', 'sboms:write', 'findings:propose', 'findings:decide', 'ledger:read', 'people:write'];
const states = { holds: 'holds', expired: 'expired', revoked: 'ended', 'maker-left': 'its maker has left' } as const;

/** API tokens of one's own: made, shown once, listed, ended. */
export function OwnTokens({ session }: { readonly session: Session }) {
  const client = useQueryClient();
  const [secret, setSecret] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const refresh = () => void client.invalidateQueries({ queryKey: ['/v1/tokens'] });
  const end = (token: string) => {
    send('POST', '/v1/acts/revoke-token', { body: { token } })
      .then(refresh)
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <Panel title="API tokens" about="A token may do a part of what you may, as long as you may">
      <NewToken
        scopes={offered.filter((each) => session.permissions.includes(each))}
        teams={session.principal.teams}
        onMade={(made) => {
          setSecret(made);
          refresh();
        }}
      />
      {secret !== null && (
        <p role="status">
          Copy it now, it is not shown again: <code>{secret}</code>
        </p>
      )}
      <p role="alert">{said}</p>
      <DataTable
        path="/v1/tokens"
        filters={{}}
        columns={columnsFor(end)}
        keyOf={(one) => one.id}
        what="tokens"
        order="-made"
        empty={<Empty title="You have made no token.">Scripts and build servers use one.</Empty>}
      />
    </Panel>
  );
}

type NewTokenProps = { readonly scopes: readonly string[]; readonly teams: readonly string[]; readonly onMade: (secret: string) => void };

function NewToken({ scopes, teams, onMade }: NewTokenProps) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState('90');
  const [said, setSaid] = useState('');
  const make = () => {
    const expires = new Date(Date.now() + Number(days) * dayMs).toISOString();
    send('POST', '/v1/tokens', { name, scopes: chosen, expires, teams: null })
      .then((made) => onMade((made as { readonly secret: string }).secret))
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <p className="line">
        <input
          className="field"
          aria-label="What the token is for"
          placeholder="What it is for"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <label className="line">
          Days
          <input className="field" type="number" min={1} max={365} value={days} onChange={(event) => setDays(event.target.value)} />
        </label>
        <button type="submit" className="button" disabled={chosen.length === 0}>
          Make a token
        </button>
      </p>
      <fieldset className={styles['scopes']}>
        <legend>It may{teams.length === 0 ? '' : `, for ${teams.join(', ')} where you may only there`}</legend>
        {scopes.map((scope) => (
          <label key={scope} className="line">
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, scope] : chosen.filter((each) => each !== scope))}
            />
            <code>{scope}</code>
          </label>
        ))}
      </fieldset>
      <p role="alert">{said}</p>
    </form>
  );
}

function columnsFor(end: (token: string) => void): readonly Column<Token>[] {
  return [
    { id: 'name', head: 'Token', sort: 'name', cell: (one) => one.name ?? one.id },
    { id: 'maker', head: 'Made by', cell: (one) => one.maker.name },
    { id: 'scopes', head: 'May', cell: (one) => <code>{one.scopes.join(' ')}</code> },
    { id: 'expires', head: 'Expires', sort: 'expires', cell: (one) => day(one.expires) },
    { id: 'used', head: 'Last used', cell: (one) => (one.lastUsed === null ? <span className="faint">never</span> : day(one.lastUsed)) },
    {
      id: 'state',
      head: 'State',
      cell: (one) =>
        one.state === 'holds' ? (
          <button type="button" className="button" data-size="small" onClick={() => end(one.id)}>
            End
          </button>
        ) : (
          <span className="quiet">{states[one.state]}</span>
        ),
    },
  ];
}
