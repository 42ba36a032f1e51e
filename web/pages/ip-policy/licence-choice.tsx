import { useId, useState, type KeyboardEvent } from 'react';
import { parseExpression, printTerm } from '#language/spdx/expression.ts';
import { spdxLicenceIds } from '#language/spdx/licence-ids.ts';
import { suggestExpression } from '#language/spdx/suggest.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import styles from './ip-policy.module.css';

type LicenceChoiceProps = {
  readonly label: string;
  readonly policy: Pick<IpPolicy, 'categories'>;
  readonly chosen: readonly string[];
  /** A category cannot hold what another holds: adding takes it from there. */
  readonly moves?: boolean;
  readonly onAdd: (licence: string) => void;
  readonly onRemove: (licence: string) => void;
};

/** Single licences as SPDX writes them, found by typing; each can be taken out. */
export function LicenceChoice({ label, policy, chosen, moves = false, onAdd, onRemove }: LicenceChoiceProps) {
  const [text, setText] = useState('');
  const list = useId();
  const licence = licenceIn(text);
  const holder = licence === null ? undefined : policy.categories.find(({ licences }) => licences.includes(licence));
  const isThere = licence !== null && chosen.includes(licence);
  const add = () => {
    if (licence === null || isThere) return;
    onAdd(licence);
    setText('');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  return (
    <div className={styles['form']}>
      <div className="line">
        <label>
          {label}{' '}
          <input
            className="field"
            type="text"
            list={list}
            autoComplete="off"
            placeholder="MIT, GPL-2.0-only WITH …"
            value={text}
            onKeyDown={onKey}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <datalist id={list}>
          {spdxLicenceIds.map((id) => (
            <option key={id} value={id} />
          ))}
        </datalist>
        <button type="button" className="button" data-size="small" disabled={licence === null || isThere} onClick={add}>
          Add
        </button>
        <span className="faint" role="status">
          {said(text, licence, isThere, moves ? holder?.title : undefined)}
        </span>
      </div>
      {chosen.length > 0 && (
        <ul className={styles['licences']}>
          {chosen.map((each) => (
            <li key={each}>
              <button type="button" className="chip" aria-label={`Take out ${each}`} onClick={() => onRemove(each)}>
                <code>{each}</code> ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function licenceIn(text: string): string | null {
  const read = text.trim() === '' ? null : parseExpression(text.trim());
  return read?.ok === true && read.expression.kind === 'licence' ? printTerm(read.expression) : null;
}

function said(text: string, licence: string | null, isThere: boolean, holder: string | undefined): string {
  if (text.trim() === '') return '';
  if (isThere) return 'It is there already.';
  if (licence !== null) return holder === undefined ? '' : `It is in “${holder}” now and would move here.`;
  const meant = suggestExpression(text)?.expression ?? null;
  return meant === null ? 'That is not one licence as SPDX writes it; one of your own begins with LicenseRef-.' : `Is ${meant} meant?`;
}
