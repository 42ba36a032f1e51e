import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PackageDetail } from '#server/schemas/package.ts';
import { act } from '../../parts/acts.ts';
import { inWords } from '../../parts/api.ts';
import { Unknown } from '../../parts/certainty.tsx';
import { isPerson } from '../../parts/owner-name.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PersonChoice } from '../../parts/person-choice.tsx';
import { day } from '../../parts/words.ts';
import styles from './package-page.module.css';

/** Whom to ask about a package, and naming somebody. */
export function StewardPanel({ one, isPast }: { readonly one: PackageDetail; readonly isPast: boolean }) {
  const { steward } = one;
  const client = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [said, setSaid] = useState('');
  const name = (next: string | null) => {
    const end = until === '' ? null : `${until}T00:00:00Z`;
    act('name-steward', { body: { package: one.purl, steward: next, from: null, until: next === null ? null : end }, words: null })
      .then(() => {
        setSaid('');
        setChosen(null);
        setUntil('');
        return client.invalidateQueries({ queryKey: ['/v1/packages/:purl'] });
      })
      .catch((error: unknown) => setSaid(inWords(error)));
  };
  const teams = one.owners.flatMap(({ team }) => (team === null || isPerson(team) ? [] : [{ id: `team:${team}`, name: `team ${team}` }]));
  return (
    <Panel title="Whom to ask" about="Who knows this package, whichever component uses it">
      <div className="stack">
        <p>
          {steward === null ? (
            <Unknown why="No steward was named; ask the owners below">No steward</Unknown>
          ) : (
            <>
              <b>{steward.kind === 'team' ? `team ${steward.name}` : steward.name}</b>
              <span className="faint">
                {' '}
                since {day(steward.from)}
                {steward.until !== null && `, until ${day(steward.until)}`}, named by {steward.by.name}
              </span>
              {steward.hasLeft && ' · has left the firm: name somebody else'}
            </>
          )}
        </p>
        {one.mayName && !isPast && (
          <form
            className={styles['steward']}
            onSubmit={(event) => {
              event.preventDefault();
              if (chosen !== null) name(chosen);
            }}
          >
            <PersonChoice label="Person or team to ask" value={chosen} first={teams} onChange={setChosen} />
            <input className="field" type="date" aria-label="Until, if it ends" value={until} onChange={(event) => setUntil(event.target.value)} />
            <button type="submit" className="button" disabled={chosen === null}>
              Name
            </button>
            {steward !== null && (
              <button type="button" className="button" onClick={() => name(null)}>
                Nobody any more
              </button>
            )}
          </form>
        )}
        {said !== '' && <p role="alert">{said}</p>}
      </div>
    </Panel>
  );
}
