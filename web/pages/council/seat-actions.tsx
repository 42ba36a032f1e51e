import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { CouncilSeat } from '#server/schemas/council.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { newActId } from '../../parts/act-id.ts';
import { ask, inWords, send } from '../../parts/api.ts';
import dialog from '../../parts/dialog-form.module.css';
import { textOf } from '../../parts/form-text.ts';

/** Gives a seat, or ends the one that is there. */
export function SeatActions({ seat }: { readonly seat: CouncilSeat | null }) {
  const [shown, show] = useState(false);
  const session = useQuery(ask('/v1/session'));
  if (session.data?.permissions.includes('council:write') !== true) return null;
  return (
    <>
      <button type="button" className="button" {...(seat === null ? {} : { 'data-size': 'small' })} onClick={() => show(true)}>
        {seat === null ? 'Give a seat…' : 'End…'}
      </button>
      {shown && <SeatForm seat={seat} onClose={() => show(false)} />}
    </>
  );
}

function SeatForm({ seat, onClose }: { readonly seat: CouncilSeat | null; readonly onClose: () => void }) {
  const client = useQueryClient();
  const [id] = useState(newActId);
  const [failure, setFailure] = useState<string | null>(null);
  const people = useQuery({ ...ask('/v1/people', {}, { active: 'true', limit: '200' }), enabled: seat === null });
  const kinds = useQuery({ ...ask('/v1/council/kinds'), enabled: seat === null });
  const seats = useQuery({ ...ask('/v1/council/seats', {}, { held: 'true', limit: '200' }), enabled: seat === null });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const text = (name: string): string => textOf(said, name);
    const asked =
      seat === null
        ? send('POST', '/v1/acts/seat-member', {
            body: {
              ...{ id, person: text('person'), function: text('function') },
              deputyOf: text('deputyOf') || null,
              until: text('until') === '' ? null : `${text('until')}T00:00:00Z`,
            },
          })
        : send('POST', '/v1/acts/unseat-member', { body: { seat: seat.id }, words: { reason: text('reason') } });
    asked
      .then(async () => {
        await client.invalidateQueries();
        onClose();
      })
      .catch((error: unknown) => setFailure(inWords(error)));
  };
  return (
    <Dialog label={seat === null ? 'Give a seat' : 'End a seat'} onClose={onClose}>
      <form className={dialog['form']} onSubmit={submit}>
        {seat === null ? (
          <>
            <h2>Give a seat in the council</h2>
            <p className="quiet">It counts for cases that are opened from now on. Who sits also needs a role that gives a vote.</p>
            <div className={dialog['row']}>
              <label>
                Who
                <select className="field" name="person" required>
                  {(people.data?.items ?? []).map((person) => (
                    <option key={person.id} value={person.id}>
                      {person.name ?? person.user ?? person.id}
                    </option>
                  ))}
                </select>
              </label>
              <label>
                For
                <select className="field" name="function" required>
                  {(kinds.data?.functions ?? []).map((each) => (
                    <option key={each.id} value={each.id}>
                      {each.title}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <div className={dialog['row']}>
              <label>
                Stands in for
                <select className="field" name="deputyOf">
                  <option value="">nobody, a seat of its own</option>
                  {(seats.data?.items ?? [])
                    .filter((each) => each.deputyOf === null)
                    .map((each) => (
                      <option key={each.id} value={each.id}>
                        {each.person.name}, {each.functionTitle}
                      </option>
                    ))}
                </select>
              </label>
              <label>
                Until
                <input className="field" type="date" name="until" />
              </label>
            </div>
          </>
        ) : (
          <>
            <h2>
              End the seat of {seat.person.name}, {seat.functionTitle}
            </h2>
            <p className="quiet">Their votes stop counting in what is open, and stand in what was decided.</p>
            <label>
              Why
              <textarea className="field" name="reason" rows={3} required minLength={3} maxLength={10_000} />
            </label>
          </>
        )}
        {failure !== null && <p role="alert">{failure}</p>}
        <div className="line">
          <button type="submit" className="button">
            {seat === null ? 'Give the seat' : 'End the seat'}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
