import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import type { Named } from '#server/schemas/desk-decision.ts';
import { ask } from './api.ts';

export type PersonChoiceProps = {
  readonly label: string;
  readonly value: string | null;
  /** Offered before anybody is searched for. */
  readonly first: readonly Named[];
  readonly onChange: (id: string | null) => void;
  readonly inputId?: string;
};

/** A field that finds somebody by name; what is chosen is their pseudonym. */
export function PersonChoice({ label, value, first, onChange, inputId }: PersonChoiceProps) {
  const [text, setText] = useState('');
  const list = useId();
  const people = useQuery({ ...ask('/v1/people', {}, { q: text, active: 'true', limit: '8' }), enabled: text.length > 1 && value === null });
  const found = (people.data?.items ?? []).map((person) => ({ id: person.id, name: person.name ?? person.user ?? person.id }));
  const all = [...first, ...found.filter((each) => !first.some((other) => other.id === each.id))];
  // Two of one name are told apart by their pseudonyms.
  const offered = all.map(({ id, name }) => ({
    id,
    name: all.some((other) => other.name === name && other.id !== id) ? `${name} (${id.slice(-6)})` : name,
  }));
  const named = value === null ? offered.find((each) => each.name === text || each.name === `${text} (me)`)?.id : undefined;
  // Who was typed may be found only after the last letter.
  useEffect(() => {
    if (named !== undefined) onChange(named);
  }, [named, onChange]);
  const type = (next: string) => {
    setText(next);
    if (value !== null) onChange(null);
  };
  return (
    <>
      <input
        id={inputId}
        className="field"
        type="text"
        list={list}
        aria-label={label}
        placeholder="Name"
        autoComplete="off"
        value={value === null ? text : (offered.find((each) => each.id === value)?.name ?? text)}
        onChange={(event) => type(event.target.value)}
      />
      <datalist id={list}>
        {offered.map((each) => (
          <option key={each.id} value={each.name} />
        ))}
      </datalist>
    </>
  );
}
