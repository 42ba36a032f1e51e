import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Named } from '#server/schemas/desk-decision.ts';
import { ask, inWords } from '../../parts/api.ts';
import { counted } from '../../parts/words.ts';
import { PersonChoice } from '../../parts/person-choice.tsx';
import { Dialog } from '../../shell/dialog.tsx';
import styles from './desk-dialog.module.css';

export type AssignDialogProps = {
  readonly count: number;
  /** Already given back: only the right team is asked for. */
  readonly isGivenBack: boolean;
  readonly me: Named | undefined;
  readonly first: readonly Named[];
  readonly onAssign: (to: string | null) => Promise<void>;
  readonly onClose: () => void;
};

/** Asks who deals with findings: a team or a person. */
export function AssignDialog({ count, isGivenBack, me, first, onAssign, onClose }: AssignDialogProps) {
  const teams = useQuery(ask('/v1/components', {}, { limit: '1' })).data?.facets.team.flatMap((each) => each.value ?? []) ?? [];
  const [team, setTeam] = useState('');
  const [person, setPerson] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const give = (to: string | null) => {
    setFailure(null);
    onAssign(to).then(onClose, (error: unknown) => setFailure(inWords(error)));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    give(person ?? (team === '' ? null : `team:${team}`));
  };
  const title = isGivenBack ? 'Given back. Whose is it?' : `Assign ${counted(count, 'finding')}`;
  return (
    <Dialog label={title} onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <h2>{title}</h2>
        {isGivenBack && <p className="quiet">It is nobody’s now. If you know the right team, give it to them.</p>}
        <label>
          Team
          <select className="field" value={team} onChange={(event) => setTeam(event.target.value)}>
            <option value="">No team</option>
            {teams.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        {!isGivenBack && (
          <label>
            or person
            <PersonChoice label="Person" value={person} first={first} onChange={setPerson} />
          </label>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button" disabled={person === null && team === ''}>
            Assign
          </button>
          {!isGivenBack && me !== undefined && (
            <button type="button" className="button" onClick={() => give(me.id)}>
              To me
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            {isGivenBack ? 'I do not know' : 'Cancel'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
